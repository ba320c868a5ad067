import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import type { SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { asMessage } from '../../testing/fake-benefits';
import { aMerchant, aRedemption } from '../../testing/merchants.factory';
import { newRequestId, onboard, seedMerchant, startMerchants } from '../../testing/merchants.harness';

export const MAKER = { id: 'staff-preparer' };
export const CHECKER = { id: 'staff-releaser' };

/** A bank with three merchants of two branches, and short words for what settlement tests do. */
export async function startSettlement() {
  const harness = await startMerchants();
  await seedMerchant(harness);
  await onboard(harness, aMerchant({ merchantId: 'tea-house', orgPath: 'hq/west', settlementAccount: '6222-0002' }));
  await onboard(
    harness,
    aMerchant({ merchantId: 'book-shop', name: '书店', settlementAccount: 'CZ6508000000192000145399' }),
  );
  const settlement = (actor: Parameters<typeof harness.client>[0] = CHECKER) =>
    harness.clientOf(SettlementServiceService, actor);
  const list = { merchantId: '', pageSize: 0, pageToken: '' };
  return {
    ...harness,
    settlement,
    run: (businessDate: string, overrides = {}) =>
      harness.client(MAKER).runSettlement({ requestId: newRequestId(), businessDate, isForced: false, ...overrides }),
    release: (
      batches: { batchId: string }[],
      actor: Parameters<typeof harness.client>[0] = CHECKER,
      requestId?: string,
    ) =>
      settlement(actor).releaseSettlement({
        requestId: requestId ?? newRequestId(),
        batchIds: batches.map(({ batchId }) => batchId),
      }),
    batch: async (batchId: string): Promise<SettlementBatch> =>
      (await harness.client().getStatement({ batchId, pageSize: 1, pageToken: '' })).batch!,
    batchesOf: async (businessDate: string, merchantId = ''): Promise<SettlementBatch[]> =>
      (await harness.client().listSettlementBatches({ ...list, merchantId, businessDate })).batches,
    /** Redemptions of a business day, spread over merchants and two currencies, from the day's first to its last instant. */
    giveRedemptions(date: string, count: number, merchants = ['noodle-bar', 'tea-house', 'book-shop']) {
      const start = Date.parse(`${date}T00:00:00+08:00`);
      const redemptions = Array.from({ length: count }, (_, index) =>
        asMessage(
          aRedemption({
            redemptionId: `${date}-${String(index).padStart(5, '0')}`,
            merchantId: merchants[index % merchants.length]!,
            currency: index % 7 === 0 ? 'EUR' : 'CNY',
            amountMinor: 100 + index,
            redeemedAt: new Date(index === count - 1 ? start + 86_399_999 : start + index),
          }),
        ),
      );
      harness.benefits.redemptions.push(...redemptions);
      return redemptions;
    },
    async linesOf(batchId: string) {
      const lines = [];
      let pageToken = '';
      do {
        const page = await harness.client().getStatement({ batchId, pageSize: 150, pageToken });
        lines.push(...page.lines);
        pageToken = page.nextPageToken;
      } while (pageToken);
      return lines;
    },
  };
}

export type SettlementHarness = Awaited<ReturnType<typeof startSettlement>>;

export const sum = (items: { amountMinor: number }[]): number =>
  items.reduce((total, { amountMinor }) => total + amountMinor, 0);
