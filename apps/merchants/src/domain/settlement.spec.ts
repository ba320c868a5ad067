import fc from 'fast-check';
import { aRedemption } from '../testing/merchants.factory';
import { collect, moveBatch, sumShares, type RedemptionToSettle, type SettlementBatch } from './settlement';

const settings = {
  businessDate: '2026-11-21',
  orgPathOf: new Map([['noodle-bar', 'hq/east']]),
  headOfficePath: 'hq',
  now: new Date('2026-11-22T00:00:00Z'),
  linesPerBatchMax: 1000,
};
const total = (items: { amountMinor: number }[]) => items.reduce((sum, item) => sum + item.amountMinor, 0);

/** Collects in pages, as a run does, and returns the final state of everything. */
function collectInPages(redemptions: RedemptionToSettle[], pageSize: number, linesPerBatchMax: number) {
  const batches = new Map<string, SettlementBatch>();
  const lines = [];
  for (let start = 0; start < redemptions.length; start += pageSize) {
    const page = redemptions.slice(start, start + pageSize);
    const result = collect({ ...settings, linesPerBatchMax, redemptions: page, batches: [...batches.values()] });
    for (const batch of result.changed) batches.set(batch.batchId, batch);
    lines.push(...result.lines);
  }
  return { batches: [...batches.values()], lines };
}

const redemptions = fc
  .array(
    fc.record({
      merchantId: fc.constantFrom('noodle-bar', 'tea-house', 'book-shop'),
      currency: fc.constantFrom('CNY', 'EUR'),
      amountMinor: fc.integer({ min: 1, max: 1_000_000_000 }),
    }),
    { maxLength: 60 },
  )
  .map((items) => items.map((item, index) => aRedemption({ ...item, redemptionId: `r-${index}` })));

describe('settlement', () => {
  it('puts every redemption in exactly one batch and adds up, however it is paged', () => {
    const sizes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(redemptions, sizes, sizes, (items, pageSize, linesMax) => {
        const { batches, lines } = collectInPages(items, pageSize, linesMax);
        expect(lines.map((line) => line.redemptionId)).toEqual(items.map((item) => item.redemptionId));
        expect(total(batches)).toBe(total(items));
        for (const batch of batches) {
          const own = lines.filter((line) => line.batchId === batch.batchId);
          expect(own.length).toBe(batch.redemptionCount);
          expect(own.length).toBeLessThanOrEqual(linesMax);
          expect(total(own)).toBe(batch.amountMinor);
          expect(total(batch.shares)).toBe(batch.amountMinor);
          expect(batch.shares).toEqual(sumShares(...own.map((line) => line.shares)));
          expect(own.every((line) => line.merchantId === batch.merchantId && line.currency === batch.currency)).toBe(
            true,
          );
        }
      }),
    );
  });

  it('derives batch ids, so that two runs build the same batches', () => {
    const items = [aRedemption(), aRedemption({ redemptionId: 'r-2', currency: 'EUR' })];
    const ids = collect({ ...settings, redemptions: items, batches: [] }).changed.map((batch) => batch.batchId);
    expect(ids).toEqual(['2026-11-21.noodle-bar.CNY.1', '2026-11-21.noodle-bar.EUR.1']);
  });

  it('puts late redemptions in a supplementary batch and leaves the first alone', () => {
    const [first] = collect({ ...settings, redemptions: [aRedemption()], batches: [] }).changed as [SettlementBatch];
    const posted = moveBatch(moveBatch(first, 'sealed'), 'posted', 'tx-1');
    const late = aRedemption({ redemptionId: 'late', amountMinor: 300 });
    const { changed, lines } = collect({ ...settings, redemptions: [late], batches: [posted] });
    expect(changed).toEqual([
      expect.objectContaining({ sequence: 2, amountMinor: 300, redemptionCount: 1, stage: 'open' }),
    ]);
    expect(lines[0]?.batchId).toBe('2026-11-21.noodle-bar.CNY.2');
  });

  it('gives an unknown merchant to the head office', () => {
    const items = [aRedemption(), aRedemption({ redemptionId: 'r-2', merchantId: 'unknown' })];
    const { changed } = collect({ ...settings, redemptions: items, batches: [] });
    expect(changed.map((batch) => batch.orgPath)).toEqual(['hq/east', 'hq']);
  });

  it('settles nothing from a broken source', () => {
    const broken = aRedemption({ shares: [{ funder: 'bank', partyId: 'hq', amountMinor: 999 }] });
    expect(() => collect({ ...settings, redemptions: [broken], batches: [] })).toThrow(
      expect.objectContaining({ reason: 'REDEMPTION_UNBALANCED' }),
    );
    const huge = [1, 2].map((n) => aRedemption({ redemptionId: `r-${n}`, amountMinor: Number.MAX_SAFE_INTEGER }));
    expect(() => collect({ ...settings, redemptions: huge, batches: [] })).toThrow(
      expect.objectContaining({ reason: 'AMOUNT_OUT_OF_RANGE' }),
    );
  });

  it('moves open → sealed → posted only', () => {
    const [open] = collect({ ...settings, redemptions: [aRedemption()], batches: [] }).changed as [SettlementBatch];
    const posted = moveBatch(moveBatch(open, 'sealed'), 'posted', 'tx-1');
    expect(posted.transactionId).toBe('tx-1');
    for (const [batch, stage] of [
      [open, 'posted'],
      [posted, 'open'],
      [posted, 'sealed'],
      [open, 'open'],
    ] as const) {
      expect(() => moveBatch(batch, stage)).toThrow(expect.objectContaining({ reason: 'BATCH_MOVE_NOT_ALLOWED' }));
    }
  });
});
