import { Inject, Injectable } from '@nestjs/common';
import type { Reversal } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { isUnknownSale } from '../../budgets/till-budget';
import { localMoment } from '../../domain/local-time';
import { requirePointOfSale } from '../../domain/merchant';
import { requireTillPlace } from '../../domain/till-place';
import { requireMerchantAccess } from '../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../merchants.config';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { ReverseAtStoreInput } from './reverse-at-store.request';

/** Takes a redemption back 冲正 at a till. The request id goes on to the wallet, which answers a repeat with the first reversal. */
@Injectable()
export class ReverseAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE, STORE_NOT_FOUND, STORE_CLOSED, CLERK_NOT_FOUND, CLERK_INACTIVE,
   * TILL_PLACE_MISSING, TILL_TOO_FAR,
   * ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.ReverseRedemption
   */
  async execute(input: ReverseAtStoreInput, actor: Actor): Promise<Reversal> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    try {
      const store = requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
      requireTillPlace(store, input.place);
    } catch (refusal) {
      return pointOfSale.merchant ? this.reversedBefore(input, refusal) : Promise.reject(refusal);
    }
    return this.reverse(input, false);
  }

  /** A till that repeats is told what it did, also when its store has closed or its clerk has left meanwhile. */
  private async reversedBefore(input: ReverseAtStoreInput, refusal: unknown): Promise<Reversal> {
    try {
      return await this.reverse(input, true);
    } catch (error) {
      throw isUnknownSale(error) ? refusal : error;
    }
  }

  private async reverse(input: ReverseAtStoreInput, isRepeatOnly: boolean): Promise<Reversal> {
    const { reversal } = await this.benefits.reverseRedemption({ ...input, isRepeatOnly });
    if (!reversal) throw new Error('the wallet answered without the reversal');
    return reversal;
  }
}
