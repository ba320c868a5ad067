import { Inject, Injectable } from '@nestjs/common';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
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

/**
 * Redeems a benefit 核销 at a till. The request id goes on to the wallet, which answers a repeat with the first redemption. Only
 * where a budget applies is more than one step needed, and stored here.
 */
@Injectable()
export class RedeemAtStoreUseCase {
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
   * BUDGET_EXHAUSTED, BUDGET_CURRENCY_MISMATCH, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.RedeemByCode
   */
  async execute(input: TillInput, actor: Actor): Promise<Redemption[]> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    const sale = { ...input, outletPath: outletOf(pointOfSale) };
    try {
      const store = requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
      requireTillPlace(store, input.place);
    } catch (refusal) {
      return pointOfSale.merchant ? this.redeemedBefore(sale, refusal) : Promise.reject(refusal);
    }
    if (await this.budget.applies(sale)) return this.budget.redeem(sale);
    return (await this.benefits.redeemByCode(sale)).redemptions;
  }

  /** A till that repeats is told what it did, also when its store has closed or its clerk has left meanwhile. */
  private async redeemedBefore(sale: TillInput & SoldAt, refusal: unknown): Promise<Redemption[]> {
    try {
      return await this.budget.redeemedBefore(sale);
    } catch (error) {
      throw isUnknownSale(error) ? refusal : error;
    }
  }
}
