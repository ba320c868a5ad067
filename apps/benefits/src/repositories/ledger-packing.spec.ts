import fc from 'fast-check';
import { moveValue, type LedgerTransaction } from '../domain/ledger';
import { ledgerKey } from './ledger-key';
import { pack, unpack } from './ledger-packing';

// Goal: what is stored together comes back one by one, as it was posted.

const aTransaction = fc
  .record({
    transactionId: fc.uuid(),
    kind: fc.constantFrom('claim', 'redemption', 'settlement' as const),
    reference: fc.string(),
    postedAt: fc.constantFrom(new Date('2026-03-02T02:00:00Z'), new Date('2026-03-02T02:00:00.001Z')),
    shares: fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 3 }),
  })
  .chain((about) => fc.constantFrom(about, { ...about, transactionId: `${about.kind}-${about.reference}` }))
  .map(({ shares, ...about }): LedgerTransaction => {
    const parts = shares.map((amountMinor) =>
      moveValue(about, { from: 'a:1', to: 'b:2', amountMinor, currency: 'CNY' }),
    );
    return { ...about, postings: parts.flatMap(({ postings }) => postings) };
  });

it('gives back every transaction in its order, whatever was packed with it', () => {
  const someRuns = fc.array(fc.tuple(aTransaction, fc.constantFrom(1, 2, 63, 64, 100)), { maxLength: 6 }).map((runs) =>
    runs.flatMap(([first, count], run) =>
      Array.from({ length: count }, (_, index) => ({
        ...first,
        transactionId: `${first.transactionId}-${run}-${index}`,
      })),
    ),
  );
  fc.assert(
    fc.property(fc.oneof(fc.array(aTransaction, { maxLength: 60 }), someRuns), (transactions) => {
      const documents = pack(transactions);
      expect(documents.flatMap(unpack)).toEqual(transactions);
      for (const document of documents) expect(unpack(document).length).toBeLessThanOrEqual(8);
    }),
  );
});

it('packs what was committed together in a rush, and nothing that is looked up by its id', () => {
  const about = { reference: 'r', postedAt: new Date(0) };
  const ofKind = (kind: 'claim' | 'settlement', count: number): LedgerTransaction[] =>
    Array.from({ length: count }, (_, index) =>
      moveValue(
        { ...about, kind, transactionId: `${kind}-${index}` },
        { from: 'a:1', to: 'b:2', amountMinor: 5, currency: 'CNY' },
      ),
    );
  const documents = pack([...ofKind('claim', 68), ...ofKind('settlement', 70)]);
  const packed = [...Array.from({ length: 8 }, () => 8), 4];
  expect(documents.map((document) => unpack(document).length)).toEqual([
    ...packed,
    ...Array.from({ length: 70 }, () => 1),
  ]);
  expect(documents[0]!._id).toBe(ledgerKey(ofKind('claim', 1)[0]!));
  expect(documents.at(-1)!._id).toBe('settlement-69');
  expect(pack(ofKind('claim', 63))).toHaveLength(63);
});
