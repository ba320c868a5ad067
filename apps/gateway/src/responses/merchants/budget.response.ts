import type * as rpc from '@tidegate/contracts/merchants/v1/budgets';
import { shown } from '../../http/shown';

export class BudgetLimits implements rpc.BudgetLimits {
  @shown.whole('0 for no limit.') dailyCount!: number;
  @shown.whole() totalCount!: number;
  @shown.whole() dailyAmountMinor!: number;
  @shown.whole() totalAmountMinor!: number;
}

export class Budget implements rpc.Budget {
  @shown.text() merchantId!: string;
  @shown.text('Empty: over all stores of the merchant.') storeId!: string;
  @shown.text('ISO 4217.') currency!: string;
  @shown.part(() => BudgetLimits) limits!: BudgetLimits | undefined;
  @shown.whole('Held and redeemed.') usedCount!: number;
  @shown.whole() usedAmountMinor!: number;
  @shown.whole('Of businessDate.') dayUsedCount!: number;
  @shown.whole() dayUsedAmountMinor!: number;
  @shown.text('The business day of the day’s use.') businessDate!: string;
  @shown.time() changedAt!: Date | undefined;
}

export class PutBudgetResponse implements rpc.PutBudgetResponse {
  @shown.part(() => Budget) budget!: Budget | undefined;
}

export class ListBudgetsResponse implements rpc.ListBudgetsResponse {
  @shown.parts(() => Budget) budgets!: Budget[];
  @shown.text() nextPageToken!: string;
}
