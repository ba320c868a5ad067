import { Inject, Injectable } from '@nestjs/common';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../benefits-client';
import { merchantNotFound } from '../domain/merchant';
import { requireMerchantAccess } from '../merchant-access';
import { MerchantRepository } from '../repositories/merchant.repository';
import type { TillVisit } from './domain/till-visit';

/** A redemption at a till, as the wallet knows it. */
export type VisitedTill = TillVisit & Pick<Redemption, 'customerId' | 'storeId'>;

/** Whom a merchant's redemption brought to its till. */
@Injectable()
export class TillVisits {
  constructor(
    private readonly merchants: MerchantRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, REDEMPTION_NOT_FOUND */
  async get(
    { merchantId, redemptionId }: { merchantId: string; redemptionId: string },
    actor: Actor,
  ): Promise<VisitedTill> {
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const { redemption, isReversed } = await this.benefits.getRedemption({ merchantId, redemptionId });
    if (!redemption?.redeemedAt) throw new Error(`redemption ${redemptionId} has no time`);
    const { customerId, storeId, redeemedAt } = redemption;
    return { customerId, storeId, redeemedAt, isReversed };
  }
}
