import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound, storeNotFound } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { budgetIdOf, putLimits, type Budget } from '../../domain/budget';
import { BudgetRepository } from '../../repositories/budget.repository';
import type { PutBudgetInput } from './put-budget.request';

/** Sets the limits of a merchant or a store; what is used stays, and may be more than a lowered limit. */
@Injectable()
export class PutBudgetUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly budgets: BudgetRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, STORE_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE, BUDGET_CURRENCY_FIXED, REQUEST_ID_REUSED */
  async execute({ requestId, budget: input }: PutBudgetInput, actor: Actor): Promise<Budget> {
    const { merchantId, storeId } = input;
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireStaffOf(actor, merchant.orgPath);
    const store = storeId === '' ? null : await this.merchants.findStore(storeId);
    if (storeId !== '' && store?.merchantId !== merchantId) throw storeNotFound();
    return this.mongo.once({ scope: 'put-budget', requestId, input }, async (tx) => {
      const budgetId = budgetIdOf(input);
      const existing = (await this.budgets.findMany([budgetId], tx)).get(budgetId);
      const budget = putLimits(input, existing, this.clock.now());
      await this.budgets.saveMany([budget], tx);
      return budget;
    });
  }
}
