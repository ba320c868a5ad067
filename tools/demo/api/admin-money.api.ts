import type {
  CreateStockResponse,
  GetStockResponse,
  GetTrialBalanceResponse,
  ListRedemptionsResponse,
  Redemption,
  Stock,
} from '@tidegate/contracts/benefits/v1/benefits';
import type { GetBusinessDayResponse, ReleaseSettlementResponse } from '@tidegate/contracts/merchants/v1/settlement';
import type { RunSettlementResponse } from '@tidegate/contracts/merchants/v1/merchants';
import { readPages, type Caller } from '../http/caller';
import type { Body, Json } from '../http/json';

const PAGE_SIZE = 200;

/** What the head office uses for value: stocks, ledger, settlement. */
export class AdminMoneyApi {
  constructor(
    private readonly admin: Caller,
    private readonly checker: Caller,
  ) {}

  createStock(stock: Body<Stock>, key: string): Promise<Json<CreateStockResponse>> {
    return this.admin.post('/admin/v1/stocks', key, stock);
  }

  async getStock(stockId: string): Promise<Json<Stock>> {
    const { stock } = await this.admin.get<Json<GetStockResponse>>(`/admin/v1/stocks/${stockId}`);
    if (stock === undefined) throw new Error(`there is no stock ${stockId}`);
    return stock;
  }

  getTrialBalance(): Promise<Json<GetTrialBalanceResponse>> {
    return this.admin.get('/admin/v1/ledger/trial-balance');
  }

  listRedemptions(): Promise<Json<Redemption>[]> {
    return readPages(
      (pageToken) =>
        this.admin.get<Json<ListRedemptionsResponse>>('/admin/v1/redemptions', { pageSize: PAGE_SIZE, pageToken }),
      ({ redemptions }) => redemptions,
    );
  }

  settle(businessDate: string, key: string): Promise<Json<RunSettlementResponse>> {
    return this.admin.post('/admin/v1/settlements', key, { businessDate, isForced: true });
  }

  /** The business day that a calendar date belongs to. */
  async businessDateOf(date: string): Promise<string> {
    return (await this.admin.get<Json<GetBusinessDayResponse>>(`/admin/v1/business-days/${date}`)).businessDate;
  }

  /** A second person releases what was prepared. */
  release(batchIds: string[], key: string): Promise<Json<ReleaseSettlementResponse>> {
    return this.checker.post('/admin/v1/payouts', key, { batchIds });
  }
}
