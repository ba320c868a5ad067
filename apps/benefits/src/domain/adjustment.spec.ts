import fc from 'fast-check';
import { adjust, requireSamePostings, type Adjustment } from './adjustment';
import { owedMinor } from './ledger';

const now = new Date('2026-11-23T00:00:00Z');
const anAdjustment = (overrides: Partial<Adjustment> = {}): Adjustment => ({
  adjustmentId: 'a-1',
  merchantId: 'm-tea',
  amountMinor: 500,
  currency: 'CNY',
  kind: 'adjustment',
  funder: 'bank',
  partyId: 'hq',
  ...overrides,
});

it('changes what the merchant is owed by exactly its amount, and the party that bears it by as much', () => {
  const amounts = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 }).filter((amount) => amount !== 0);
  fc.assert(
    fc.property(amounts, (amountMinor) => {
      const transaction = adjust(anAdjustment({ amountMinor }), now);
      expect(owedMinor(transaction, 'm-tea', 'CNY')).toBe(amountMinor);
      expect(owedMinor(transaction, 'm-other', 'CNY')).toBe(0);
      expect(transaction.postings.map(({ account }) => account).sort()).toEqual(['cost_bank:hq', 'payable:m-tea']);
    }),
  );
});

it('owes a returned payment again', () => {
  const returned = anAdjustment({ kind: 'returned_payment', funder: '', partyId: '' });
  expect(adjust(returned, now).postings).toEqual([
    { account: 'paid_out:m-tea', side: 'debit', amountMinor: 500, currency: 'CNY' },
    { account: 'payable:m-tea', side: 'credit', amountMinor: 500, currency: 'CNY' },
  ]);
  expect(() => adjust({ ...returned, amountMinor: -1 }, now)).toThrow(
    expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
  );
});

it('posts a subsidy to an account of its own, also when some of it is taken back', () => {
  const subsidy = anAdjustment({ kind: 'subsidy' });
  expect(adjust(subsidy, now).postings).toEqual([
    { account: 'subsidy:hq', side: 'debit', amountMinor: 500, currency: 'CNY' },
    { account: 'payable:m-tea', side: 'credit', amountMinor: 500, currency: 'CNY' },
  ]);
  expect(adjust({ ...subsidy, amountMinor: -20 }, now).postings).toEqual([
    { account: 'payable:m-tea', side: 'debit', amountMinor: 20, currency: 'CNY' },
    { account: 'subsidy:hq', side: 'credit', amountMinor: 20, currency: 'CNY' },
  ]);
  for (const overrides of [{ funder: 'merchant' as const }, { funder: '' as const }, { partyId: '' }]) {
    expect(() => adjust({ ...subsidy, ...overrides }, now)).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  }
});

it('posts what a merchant pays the bank for traffic as income of its organisation, also when some of it is given back', () => {
  const feedback = anAdjustment({ kind: 'feedback', amountMinor: -500 });
  expect(adjust(feedback, now).postings).toEqual([
    { account: 'payable:m-tea', side: 'debit', amountMinor: 500, currency: 'CNY' },
    { account: 'feedback_income:hq', side: 'credit', amountMinor: 500, currency: 'CNY' },
  ]);
  expect(adjust({ ...feedback, amountMinor: 20 }, now).postings).toEqual([
    { account: 'feedback_income:hq', side: 'debit', amountMinor: 20, currency: 'CNY' },
    { account: 'payable:m-tea', side: 'credit', amountMinor: 20, currency: 'CNY' },
  ]);
  for (const overrides of [{ funder: 'merchant' as const }, { partyId: '' }]) {
    expect(() => adjust({ ...feedback, ...overrides }, now)).toThrow(
      expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
    );
  }
});

it('needs somebody who bears it, and never two meanings of one id', () => {
  expect(() => adjust(anAdjustment({ funder: '' }), now)).toThrow(
    expect.objectContaining({ reason: 'VALIDATION_FAILED' }),
  );
  const first = adjust(anAdjustment(), now);
  expect(() => requireSamePostings(first, adjust(anAdjustment(), new Date(0)))).not.toThrow();
  expect(() => requireSamePostings(first, adjust(anAdjustment({ amountMinor: 501 }), now))).toThrow(
    expect.objectContaining({ reason: 'ADJUSTMENT_EXISTS' }),
  );
});
