import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound, storeNotFound } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { budgetIdOf, NOTHING_USED, type Budget } from '../../domain/budget';
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
    const { merchantId, storeId, currency, limits } = input;
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireStaffOf(actor, merchant.orgPath);
    const store = storeId === '' ? null : await this.merchants.findStore(storeId);
    if (storeId !== '' && store?.merchantId !== merchantId) throw storeNotFound();
    return this.mongo.once({ scope: 'put-budget', requestId, input }, async (tx) => {
      const budgetId = budgetIdOf(input);
      const existing = (await this.budgets.findMany([budgetId], tx)).get(budgetId);
      if (existing && existing.currency !== currency) {
        throw refused('BUDGET_CURRENCY_FIXED', 'The currency of a budget stays.', { currency: existing.currency });
      }
      const use = existing?.use ?? NOTHING_USED;
      const budget = { merchantId, storeId, currency, limits: { ...limits }, use, changedAt: this.clock.now() };
      await this.budgets.saveMany([budget], tx);
      return budget;
    });
  }
}
