import type { SettlementBatch, StatementLine } from '@tidegate/contracts/merchants/v1/merchants';
import type { Adjustment } from '@tidegate/contracts/merchants/v1/settlement';
import type { Json } from '../../../../tools/demo/http/json';
import { readAll, type HttpCaller } from './http-caller';
import type { MerchantSystem } from './merchant-system';

export type Batch = Json<SettlementBatch>;
export type Line = Json<StatementLine>;

/** What amounts come to; as JSON, whole numbers may be texts. */
export const sumOf = (rows: readonly { amountMinor: number | string }[]): number =>
  rows.reduce((sum, { amountMinor }) => sum + Number(amountMinor), 0);

/** The settlement of one merchant, as the head office works it and the merchant sees it. */
export class SettlementDesk {
  constructor(
    private readonly head: HttpCaller,
    private readonly merchant: MerchantSystem,
    private readonly timeZone: string,
  ) {}

  /** Cuts the business day of now, open as it still is, and gives its date. */
  async cut(): Promise<string> {
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: this.timeZone }).format(new Date());
    const { businessDate } = await this.head.get<{ businessDate: string }>(`/admin/v1/business-days/${date}`);
    await this.head.post('/admin/v1/settlements', { businessDate, isForced: true });
    return businessDate;
  }

  /** Its batches in a state, oldest first. */
  async batches(state: string): Promise<Batch[]> {
    const path = `/admin/v1/settlement-batches?merchantId=${this.merchant.merchantId}`;
    const all = await readAll<Batch>(this.head, path, 'batches');
    return all.filter((batch) => batch.state === state).sort((a, b) => a.createdAt!.localeCompare(b.createdAt!));
  }

  /** The statement of a batch as the merchant reads it. */
  lines(batchId: string): Promise<Line[]> {
    return readAll<Line>(this.merchant.http, `/merchant/v1/settlement-batches/${batchId}/statement`, 'lines');
  }

  /** The same as a file. */
  async file(batchId: string, type: 'csv' | 'pdf'): Promise<string> {
    const path = `/merchant/v1/settlement-batches/${batchId}/statement.${type}`;
    return (await this.merchant.http.call<string>('GET', path)).body;
  }

  /** Lets `checker` release batches as one pay-out; its file for the bank's payments. */
  async release(checker: HttpCaller, batchIds: string[]): Promise<string> {
    const { payout } = await checker.post<{ payout: { payoutId: string } }>('/admin/v1/payouts', { batchIds });
    return (await checker.call<string>('GET', `/admin/v1/payouts/${payout.payoutId}/pain.001.xml`)).body;
  }

  adjustments(): Promise<Json<Adjustment>[]> {
    return readAll<Json<Adjustment>>(this.merchant.http, '/merchant/v1/adjustments', 'adjustments');
  }
}
