import type { CommitHoldResponse, VoidHoldResponse } from '@tidegate/contracts/benefits/v1/benefits';
import type {
  GetStatementResponse,
  HoldAtStoreResponse,
  ListSettlementBatchesResponse,
  RedeemAtStoreResponse,
  SettlementBatch,
  StatementLine,
} from '@tidegate/contracts/merchants/v1/merchants';
import { readPages, type Caller } from '../http/caller';
import type { Json } from '../http/json';

/** A benefit shown at a till. */
export interface TillSale {
  code: string;
  storeId: string;
  clerkId: string;
  orderAmountMinor: number;
}

const PAGE_SIZE = 200;

/** What one merchant's system uses; its requests are signed. */
export class MerchantApi {
  constructor(private readonly caller: Caller) {}

  redeem(sale: TillSale, key: string): Promise<Json<RedeemAtStoreResponse>> {
    return this.caller.post('/merchant/v1/redemptions', key, sale);
  }

  hold(sale: TillSale, key: string): Promise<Json<HoldAtStoreResponse>> {
    return this.caller.post('/merchant/v1/holds', key, sale);
  }

  commit(holdId: string, key: string): Promise<Json<CommitHoldResponse>> {
    return this.caller.post(`/merchant/v1/holds/${holdId}/commit`, key);
  }

  void(holdId: string, key: string): Promise<Json<VoidHoldResponse>> {
    return this.caller.post(`/merchant/v1/holds/${holdId}/void`, key);
  }

  listBatches(): Promise<Json<SettlementBatch>[]> {
    return readPages(
      (pageToken) =>
        this.caller.get<Json<ListSettlementBatchesResponse>>('/merchant/v1/settlement-batches', {
          pageSize: PAGE_SIZE,
          pageToken,
        }),
      ({ batches }) => batches,
    );
  }

  listStatementLines(batchId: string): Promise<Json<StatementLine>[]> {
    return readPages(
      (pageToken) =>
        this.caller.get<Json<GetStatementResponse>>(`/merchant/v1/settlement-batches/${batchId}/statement`, {
          pageSize: PAGE_SIZE,
          pageToken,
        }),
      ({ lines }) => lines,
    );
  }
}
