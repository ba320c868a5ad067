import { Inject, Injectable } from '@nestjs/common';
import type { HoldBenefitResponse } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { isUnknownSale, TillBudget } from '../../budgets/till-budget';
import { localMoment } from '../../domain/local-time';
import { requirePointOfSale } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../merchants.config';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { TillInput } from '../../till.request';

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
   * BUDGET_EXHAUSTED, BUDGET_CURRENCY_MISMATCH, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.HoldBenefit
   */
  async execute(input: TillInput, actor: Actor): Promise<HoldBenefitResponse> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    try {
      requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
    } catch (refusal) {
      return pointOfSale.merchant ? this.heldBefore(input, refusal) : Promise.reject(refusal);
    }
    return this.hold(input);
  }

  /** A till that repeats is told of its hold, also when its store has closed or its clerk has left meanwhile. */
  private async heldBefore(input: TillInput, refusal: unknown): Promise<HoldBenefitResponse> {
    try {
      return await this.hold({ ...input, isRepeatOnly: true });
    } catch (error) {
      throw isUnknownSale(error) ? refusal : error;
    }
  }

  private async hold(input: TillInput & { isRepeatOnly?: boolean }): Promise<HoldBenefitResponse> {
    return (await this.budget.applies(input)) ? this.budget.hold(input) : this.benefits.holdBenefit(input);
  }
}
