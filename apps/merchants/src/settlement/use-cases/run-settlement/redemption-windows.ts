import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import type { BenefitsClient } from '../../../benefits-client';
import type { BusinessDay } from '../../domain/business-day';
import type { SettlementItem } from '../../domain/settlement-item';

const PAGE_SIZE = 1_000;
const DEADLINE_MS = 30_000;
const HOUR_MS = 3_600_000;
const WINDOW_MS_MIN = 1_000;
const WINDOW_MS_MAX = 24 * HOUR_MS;

/**
 * A day's redemptions from the wallet, page by page in windows of time that hold about a page each: a window is read in one go, where
 * a page far into a whole day would make the database read the day again.
 */
export async function* redemptionPages(benefits: BenefitsClient, day: BusinessDay): AsyncGenerator<SettlementItem[]> {
  let widthMs = HOUR_MS;
  for (let from = day.from; from < day.to;) {
    const to = new Date(Math.min(from.getTime() + widthMs, day.to.getTime()));
    let count = 0;
    let pageToken = '';
    do {
      const page = await benefits.listRedemptions(
        { merchantId: '', from, to, pageSize: PAGE_SIZE, pageToken },
        { deadlineMs: DEADLINE_MS },
      );
      count += page.redemptions.length;
      if (page.redemptions.length > 0) yield page.redemptions.map(redemptionItem);
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    from = to;
    if (count > PAGE_SIZE) widthMs = Math.max(WINDOW_MS_MIN, widthMs / 2);
    else if (count < PAGE_SIZE / 3) widthMs = Math.min(WINDOW_MS_MAX, widthMs * 2);
  }
}

/**
 * A redemption of the wallet as an item to settle.
 * @throws Error when the ledger gives it without a time
 */
export function redemptionItem(redemption: Redemption): SettlementItem {
  const { redemptionId, merchantId, storeId, clerkId, amountMinor, currency, shares, redeemedAt } = redemption;
  if (!redeemedAt) throw new Error(`redemption ${redemptionId} has no time`);
  return {
    itemId: redemptionId,
    kind: 'redemption',
    redemptionId,
    merchantId,
    storeId,
    clerkId,
    amountMinor,
    currency,
    shares,
    occurredAt: redeemedAt,
    makerId: '',
    note: '',
  };
}
