import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound } from '../../../domain/merchant';
import { requireMerchantAccess } from '../../../merchant-access';
import type { MerchantPageInput } from '../../../merchant-page.request';
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '../../../page.request';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { budgetIdOf, type Budget } from '../../domain/budget';
import { BudgetRepository } from '../../repositories/budget.repository';

/** Budgets of a merchant and its stores, with what is used. */
@Injectable()
export class ListBudgetsUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly budgets: BudgetRepository,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: MerchantPageInput, actor: Actor): Promise<{ budgets: Budget[]; nextPageToken: string }> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const limit = pageSize(input.pageSize, { max: PAGE_SIZE_MAX, fallback: PAGE_SIZE_DEFAULT });
    const [after] = decodePageToken(input.pageToken) ?? [];
    const budgets = await this.budgets.list(input.merchantId, limit, after);
    const last = budgets.length === limit ? budgets.at(-1) : undefined;
    return { budgets, nextPageToken: last ? encodePageToken([budgetIdOf(last)]) : '' };
  }
}
