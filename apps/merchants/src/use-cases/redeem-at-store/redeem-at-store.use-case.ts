import { Inject, Injectable } from '@nestjs/common';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { requirePointOfSale } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { RedeemAtStoreInput } from './redeem-at-store.request';

/**
 * Redeems a benefit 核销 at a till. The request id goes on to the wallet, which answers a repeat with the first redemption;
 * nothing is stored here, so there is nothing that could disagree with the wallet.
 */
@Injectable()
export class RedeemAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, STORE_NOT_FOUND, STORE_CLOSED, CLERK_NOT_FOUND, CLERK_INACTIVE,
   * ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.RedeemByCode
   */
  async execute(input: RedeemAtStoreInput, actor: Actor): Promise<Redemption | undefined> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    requirePointOfSale(pointOfSale);
    const { redemption } = await this.benefits.redeemByCode(input);
    return redemption;
  }
}
