import { chartFaults, checkpointFaults, transactionFaults } from './ledger-difference';
import { CustomerBalances } from './customer-balances';
import type { Posting } from '../../domain/ledger';

const posting = (account: string, side: Posting['side'], amountMinor: number, currency = 'CNY'): Posting => ({
  account,
  side,
  amountMinor,
  currency,
});
const about = { transactionId: 't', kind: 'claim' as const, reference: 'r', postedAt: new Date(0) };
const total = (account: string, debitMinor: number, creditMinor: number) => ({
  account,
  currency: 'CNY',
  debitMinor,
  creditMinor,
});

describe(transactionFaults.name, () => {
  it.each<[string, Posting[], object[]]>([
    ['nothing of a sound one', [posting('a:1', 'debit', 5), posting('b:1', 'credit', 5)], []],
    [
      'the currency that does not balance',
      [
        posting('a:1', 'debit', 5),
        posting('b:1', 'credit', 5),
        posting('a:1', 'debit', 3, 'PTS'),
        posting('b:1', 'credit', 4, 'PTS'),
      ],
      [{ subject: 't', currency: 'PTS', ledgerMinor: 3, storedMinor: 4 }],
    ],
    [
      'an amount that no posting may have',
      [posting('a:1', 'debit', -5), posting('b:1', 'credit', -5)],
      [{ subject: 't', currency: 'CNY', ledgerMinor: -5, storedMinor: -5 }],
    ],
  ])('names %s', (_what, postings, expected) => {
    expect(transactionFaults({ ...about, postings })).toEqual(expected.map((each) => expect.objectContaining(each)));
  });
});

it('names classes that the chart does not have', () => {
  const classes = [total('customer', 1, 9), total('slush', 5, 2)];
  expect(chartFaults(classes)).toEqual([expect.objectContaining({ kind: 'chart', subject: 'slush', ledgerMinor: 3 })]);
});

describe(checkpointFaults.name, () => {
  it('names the side that differs, also when both differ by as much and when one record has nothing', () => {
    expect(checkpointFaults(total('payable', 4, 9), total('payable', 4, 9))).toEqual([]);
    const both = checkpointFaults(total('payable', 5, 10), total('payable', 4, 9));
    expect(both.map(({ side, ledgerMinor, storedMinor }) => [side, ledgerMinor, storedMinor])).toEqual([
      ['debit', 5, 4],
      ['credit', 10, 9],
    ]);
    expect(checkpointFaults(undefined, total('payable', 0, 9))).toMatchObject([{ ledgerMinor: 0, storedMinor: 9 }]);
    expect(checkpointFaults(total('payable', 0, 9), undefined)).toMatchObject([{ ledgerMinor: 9, storedMinor: 0 }]);
  });
});

it('compares every customer in exactly one of the passes, and no account of the bank in any', () => {
  const customers = Array.from({ length: 200 }, (_, index) => `c-${index}`);
  const seen = [0, 1, 2].flatMap((index) => {
    const balances = new CustomerBalances({ index, count: 3 });
    for (const id of customers)
      balances.post([posting('budget_bank:hq', 'debit', 8), posting(`customer:${id}`, 'credit', 8)]);
    balances.hold({ account: 'customer:c-7', currency: 'CNY', amountMinor: 8 });
    return balances.differences().map(({ account }) => account);
  });
  expect(seen.sort()).toEqual(
    customers
      .filter((id) => id !== 'c-7')
      .map((id) => `customer:${id}`)
      .sort(),
  );
});
