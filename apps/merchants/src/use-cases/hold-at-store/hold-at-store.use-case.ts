import { Inject, Injectable } from '@nestjs/common';
import type { HoldBenefitResponse } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { isUnknownSale, TillBudget } from '../../budgets/till-budget';
import { localMoment } from '../../domain/local-time';
import { outletOf, requirePointOfSale } from '../../domain/merchant';
import { requireTillPlace } from '../../domain/till-place';
import { requireMerchantAccess } from '../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../merchants.config';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { SoldAt, TillInput } from '../../till.request';

/** Reserves a benefit at a till until it is committed, voided or timed out; the wallet keeps the hold. */
@Injectable()
export class HoldAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly budget: TillBudget,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE, STORE_NOT_FOUND, STORE_CLOSED, CLERK_NOT_FOUND, CLERK_INACTIVE,
   * TILL_PLACE_MISSING, TILL_TOO_FAR,
   * BUDGET_EXHAUSTED, BUDGET_CURRENCY_MISMATCH, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.HoldBenefit
   */
  async execute(input: TillInput, actor: Actor): Promise<HoldBenefitResponse> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    const sale = { ...input, outletPath: outletOf(pointOfSale) };
    try {
      const store = requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
      requireTillPlace(store, input.place);
    } catch (refusal) {
      return pointOfSale.merchant ? this.heldBefore(sale, refusal) : Promise.reject(refusal);
    }
    return this.hold(sale);
  }

  /** A till that repeats is told of its hold, also when its store has closed or its clerk has left meanwhile. */
  private async heldBefore(sale: TillInput & SoldAt, refusal: unknown): Promise<HoldBenefitResponse> {
    try {
      return await this.hold({ ...sale, isRepeatOnly: true });
    } catch (error) {
      throw isUnknownSale(error) ? refusal : error;
    }
  }

  private async hold(sale: TillInput & SoldAt & { isRepeatOnly?: boolean }): Promise<HoldBenefitResponse> {
    return (await this.budget.applies(sale)) ? this.budget.hold(sale) : this.benefits.holdBenefit(sale);
  }
}
