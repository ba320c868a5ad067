import fc from 'fast-check';
import {
  Comparison,
  DIFFERENCES_MAX,
  requireFewDifferences,
  resolveDifference,
  type BankLine,
  type Difference,
  type MerchantLine,
} from './reconciliation';

const ids = fc.constantFrom('r-1', 'r-2', 'r-3', 'r-4', 'r-5', 'r-6');
const amounts = fc.constantFrom(100, 200);
const ours = fc
  .uniqueArray(fc.record({ lineId: ids, amountMinor: amounts }), { selector: ({ lineId }) => lineId })
  .map((lines) => lines.map((line): BankLine => ({ ...line, currency: 'CNY', batchId: 'b-1' })));
const theirs = fc
  .array(fc.record({ lineId: ids, amountMinor: amounts }), { maxLength: 12 })
  .map((lines) => lines.map((line, index): MerchantLine => ({ ...line, line: index + 2 })));

/** Compares in pages. */
function compare(file: MerchantLine[], bank: BankLine[], pageSize = 2) {
  const comparison = new Comparison(file);
  const found = [];
  for (let start = 0; start < bank.length; start += pageSize) {
    found.push(...comparison.take(bank.slice(start, start + pageSize)));
  }
  return { found: [...found, ...comparison.finish()], matchedCount: comparison.matchedCount };
}

it('accounts for every line of either side exactly once, however it is paged', () => {
  fc.assert(
    fc.property(theirs, ours, fc.integer({ min: 1, max: 7 }), (file, bank, pageSize) => {
      const { found, matchedCount } = compare(file, bank, pageSize);
      const of = (kind: string) => found.filter((difference) => difference.kind === kind);
      const fileIds = new Set(file.map(({ lineId }) => lineId));
      const bankIds = new Set(bank.map(({ lineId }) => lineId));
      const both = [...fileIds].filter((id) => bankIds.has(id));
      expect(matchedCount + of('amount_differs').length).toBe(both.length);
      expect(of('missing_at_merchant').length).toBe(bankIds.size - both.length);
      expect(of('missing_at_bank').length).toBe(fileIds.size - both.length);
      const repeated = [...fileIds].filter((id) => file.filter(({ lineId }) => lineId === id).length > 1);
      expect(
        of('duplicate')
          .map(({ lineId }) => lineId)
          .sort(),
      ).toEqual(repeated.sort());
    }),
  );
});

it('names what each side says and where', () => {
  const bank: BankLine[] = [
    { lineId: 'same', amountMinor: 100, currency: 'CNY', batchId: 'b-1' },
    { lineId: 'other', amountMinor: 100, currency: 'CNY', batchId: 'b-1' },
    { lineId: 'ours', amountMinor: 100, currency: 'CNY', batchId: 'b-2' },
  ];
  const file: MerchantLine[] = [
    { line: 2, lineId: 'same', amountMinor: 100 },
    { line: 3, lineId: 'other', amountMinor: 90 },
    { line: 4, lineId: 'theirs', amountMinor: 70 },
    { line: 5, lineId: 'same', amountMinor: 100 },
  ];
  const { found, matchedCount } = compare(file, bank);
  expect(matchedCount).toBe(1);
  expect(
    found.map(({ kind, lineId, fileLines, merchantAmountMinor, bankAmountMinor, batchId }) => [
      kind,
      lineId,
      fileLines,
      merchantAmountMinor,
      bankAmountMinor,
      batchId,
    ]),
  ).toEqual([
    ['amount_differs', 'other', [3], 90, 100, 'b-1'],
    ['missing_at_merchant', 'ours', [], null, 100, 'b-2'],
    ['missing_at_bank', 'theirs', [4], 70, null, ''],
    ['duplicate', 'same', [2, 5], 100, 100, 'b-1'],
  ]);
});

it('is resolved once', () => {
  const open = { state: 'open', resolvedBy: '' } as Difference;
  const answer = { resolution: 'bank_right', comment: 'seen in the till roll', adjustmentId: '' } as const;
  const resolved = resolveDifference(open, answer, { resolvedBy: 'ada', now: new Date(0) });
  expect(resolved).toMatchObject({ state: 'resolved', resolvedBy: 'ada', comment: 'seen in the till roll' });
  expect(() => resolveDifference(resolved, answer, { resolvedBy: 'bob', now: new Date(0) })).toThrow(
    expect.objectContaining({ reason: 'DIFFERENCE_RESOLVED' }),
  );
});

it('has a limit of differences', () => {
  expect(() => requireFewDifferences(DIFFERENCES_MAX)).not.toThrow();
  expect(() => requireFewDifferences(DIFFERENCES_MAX + 1)).toThrow(
    expect.objectContaining({ reason: 'DIFFERENCES_TOO_MANY', metadata: { max: '10000' } }),
  );
});
