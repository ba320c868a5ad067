import { Injectable } from '@nestjs/common';
import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { TillBudget } from '../../budgets/till-budget';
import { merchantNotFound } from '../../domain/merchant';
import type { HeldInput } from '../../held.request';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** Commits what a till holds; the budgets are charged what was redeemed. */
@Injectable()
export class CommitHoldAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly budget: TillBudget,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.CommitHold */
  async execute(input: HeldInput, actor: Actor): Promise<Redemption[]> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    return this.budget.commit(input);
  }
}
