import fc from 'fast-check';
import { anItem } from '../testing/settlement.factory';
import { collect, isPayable, lineCount, moveBatch, type BatchState, type SettlementBatch } from './batch';
import type { SettlementItem } from './settlement-item';
import { sumShares } from './share-amount';

const settings = {
  businessDate: '2026-11-20',
  orgPathOf: new Map([['noodle-bar', 'hq/east']]),
  headOfficePath: 'hq',
  now: new Date('2026-11-23T00:00:00Z'),
  linesPerBatchMax: 1000,
};
const total = (items: { amountMinor: number }[]) => items.reduce((sum, item) => sum + item.amountMinor, 0);

/** Collects in pages, as a run does, and returns the final state of everything. */
function collectInPages(items: SettlementItem[], pageSize: number, linesPerBatchMax: number) {
  const batches = new Map<string, SettlementBatch>();
  const lines = [];
  for (let start = 0; start < items.length; start += pageSize) {
    const page = items.slice(start, start + pageSize);
    const result = collect({ ...settings, linesPerBatchMax, items: page, batches: [...batches.values()] });
    for (const batch of result.changed) batches.set(batch.batchId, batch);
    lines.push(...result.lines);
  }
  return { batches: [...batches.values()], lines };
}

const items = fc
  .array(
    fc.record({
      merchantId: fc.constantFrom('noodle-bar', 'tea-house', 'book-shop'),
      currency: fc.constantFrom('CNY', 'EUR'),
      kind: fc.constantFrom('redemption' as const, 'reversal' as const, 'adjustment' as const),
      amountMinor: fc.integer({ min: 1, max: 1_000_000_000 }),
    }),
    { maxLength: 60 },
  )
  .map((fields) =>
    fields.map((item, index) => {
      const amountMinor = item.kind === 'reversal' ? -item.amountMinor : item.amountMinor;
      return anItem({ ...item, amountMinor, itemId: `i-${index}` });
    }),
  );

describe('settlement batches', () => {
  it('take every item exactly once and add up, however the day is paged', () => {
    const sizes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(items, sizes, sizes, (all, pageSize, linesMax) => {
        const { batches, lines } = collectInPages(all, pageSize, linesMax);
        expect(lines.map((line) => line.itemId)).toEqual(all.map((item) => item.itemId));
        expect(total(batches)).toBe(total(all));
        for (const batch of batches) {
          const own = lines.filter((line) => line.batchId === batch.batchId);
          expect(own.length).toBe(lineCount(batch));
          expect(own.length).toBeLessThanOrEqual(linesMax);
          expect(total(own)).toBe(batch.amountMinor);
          expect(total(batch.shares)).toBe(batch.amountMinor);
          expect(batch.shares).toEqual(sumShares(...own.map((line) => line.shares)));
          expect(own.filter(({ kind }) => kind === 'redemption')).toHaveLength(batch.redemptionCount);
          const isOwn = ({ merchantId, currency }: SettlementItem) =>
            merchantId === batch.merchantId && currency === batch.currency;
          expect(own.every(isOwn)).toBe(true);
        }
      }),
    );
  });

  it('have derived ids, so that two runs build the same', () => {
    const pair = [anItem(), anItem({ itemId: 'r-2', currency: 'EUR' })];
    const ids = collect({ ...settings, items: pair, batches: [] }).changed.map((batch) => batch.batchId);
    expect(ids).toEqual(['2026-11-20.noodle-bar.CNY.1', '2026-11-20.noodle-bar.EUR.1']);
  });

  it('leave a prepared batch alone: what is late makes a supplementary one', () => {
    const [first] = collect({ ...settings, items: [anItem()], batches: [] }).changed as [SettlementBatch];
    const prepared = moveBatch(first, 'prepared');
    const late = anItem({ itemId: 'late', amountMinor: 300 });
    const { changed, lines } = collect({ ...settings, items: [late], batches: [prepared] });
    expect(changed).toEqual([expect.objectContaining({ sequence: 2, amountMinor: 300, state: 'open' })]);
    expect(lines[0]?.batchId).toBe('2026-11-20.noodle-bar.CNY.2');
  });

  it('name every maker of an adjustment in them once', () => {
    const made = ['ada', 'bob', 'ada'].map((makerId, index) => anItem({ itemId: `a-${index}`, makerId }));
    const [batch] = collect({ ...settings, items: [...made, anItem()], batches: [] }).changed as [SettlementBatch];
    expect(batch.makerIds).toEqual(['ada', 'bob']);
  });

  it('are payable only when something is owed', () => {
    const of = (...amounts: number[]) => {
      const signed = amounts.map((amountMinor, index) => anItem({ itemId: `i-${index}`, amountMinor }));
      return collect({ ...settings, items: signed, batches: [] }).changed.map(isPayable);
    };
    expect([of(5), of(5, -5), of(-5), of(-5, 6)]).toEqual([[true], [false], [false], [true]]);
  });

  it('give an unknown merchant to the head office', () => {
    const pair = [anItem(), anItem({ itemId: 'r-2', merchantId: 'unknown' })];
    const { changed } = collect({ ...settings, items: pair, batches: [] });
    expect(changed.map((batch) => batch.orgPath)).toEqual(['hq/east', 'hq']);
  });

  it('settle nothing from a broken source', () => {
    const broken = anItem({ shares: [{ funder: 'bank', partyId: 'hq', amountMinor: 999 }] });
    expect(() => collect({ ...settings, items: [broken], batches: [] })).toThrow(
      expect.objectContaining({ reason: 'REDEMPTION_UNBALANCED' }),
    );
    const huge = [1, 2].map((n) => anItem({ itemId: `r-${n}`, amountMinor: Number.MAX_SAFE_INTEGER }));
    expect(() => collect({ ...settings, items: huge, batches: [] })).toThrow(
      expect.objectContaining({ reason: 'AMOUNT_OUT_OF_RANGE' }),
    );
  });

  it('move by their table and no other way', () => {
    const allowed = [
      ...['open>prepared', 'prepared>released', 'prepared>rejected'],
      ...['released>paid', 'released>rejected', 'paid>rejected'],
    ];
    const states: BatchState[] = ['open', 'prepared', 'released', 'paid', 'rejected'];
    const [open] = collect({ ...settings, items: [anItem()], batches: [] }).changed as [SettlementBatch];
    for (const from of states) {
      for (const to of states) {
        const move = () => moveBatch({ ...open, state: from }, to);
        if (allowed.includes(`${from}>${to}`)) expect(move().state).toBe(to);
        else expect(move).toThrow(expect.objectContaining({ reason: 'BATCH_MOVE_NOT_ALLOWED' }));
      }
    }
  });
});
