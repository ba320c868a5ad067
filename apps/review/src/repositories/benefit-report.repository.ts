import { Injectable } from '@nestjs/common';
import { ColumnarCopy } from './columnar-copy';

export interface BenefitTotals {
  claimed: number;
  transferred: number;
  redeemed: number;
  redeemedAmountMinor: number;
  expired: number;
}

const ofStock = "WHERE ($stockId = '' OR stockId = $stockId)";

const TOTALS_SQL = `
SELECT
  (SELECT count(DISTINCT instanceId) FROM claim ${ofStock}) AS claimed,
  (SELECT count(DISTINCT giftId) FROM transfer ${ofStock}) AS transferred,
  (SELECT count(DISTINCT redemptionId) FROM redemption ${ofStock}) AS redeemed,
  (SELECT coalesce(sum(amountMinor), 0) FROM redemption ${ofStock}) AS redeemedAmountMinor,
  (SELECT count(DISTINCT instanceId) FROM expiry ${ofStock}) AS expired`;

const REFUSED_SQL = `SELECT reason, sum(refusedCount) AS "count" FROM refusal ${ofStock} GROUP BY reason ORDER BY reason`;

/** What became of a stock, or of all. */
@Injectable()
export class BenefitReportRepository {
  constructor(private readonly copy: ColumnarCopy) {}

  async totals(stockId: string): Promise<BenefitTotals> {
    const [row] = await this.copy.query<BenefitTotals>(TOTALS_SQL, { stockId });
    return row ?? { claimed: 0, transferred: 0, redeemed: 0, redeemedAmountMinor: 0, expired: 0 };
  }

  async refusedByReason(stockId: string): Promise<Record<string, number>> {
    const rows = await this.copy.query<{ reason: string; count: number }>(REFUSED_SQL, { stockId });
    return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
  }
}
