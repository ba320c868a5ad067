import fc from 'fast-check';
import { Persons } from '../../domain/person';
import { aCardTransaction, aPointsRule } from '../testing/points-rule.factory';
import { earnAll, earnEntryId, type EarnedBatch } from './earning';
import { balanceAt, type PointsAccount } from './points-account';
import type { PointsEntry } from './points-entry';
import type { CardTransaction } from './points-rule';

// Goal: however card transactions are gathered into batches, each earns once, under what was used of its caps before it.

const now = new Date('2026-03-02T02:00:00Z');
const link = (customerId: string) => ({ customerId, personKey: 'key', version: 1, personId: '' });
const together = new Persons([link('c-1'), link('c-2')]);
const alone = new Persons([]);

class Book {
  readonly accounts = new Map<string, PointsAccount>();
  readonly made = new Map<string, PointsEntry>();

  constructor(
    private readonly persons: Persons,
    private readonly pointsMaxPerDay = 0,
  ) {}

  earn(...transactions: CardTransaction[]): EarnedBatch {
    const rules = [aPointsRule({ pointsMaxPerDay: this.pointsMaxPerDay })];
    const earned = earnAll(transactions, { ...this, persons: this.persons, rules, now });
    for (const account of earned.accounts) this.accounts.set(account.customerId, account);
    for (const entry of earned.entries) this.made.set(entry.entryId, entry);
    return earned;
  }
}
const shown = ({ answers }: EarnedBatch) =>
  answers.map((answer) =>
    'error' in answer ? answer.error.reason : [answer.value.entry.points, answer.value.isRepeat],
  );

describe('earnAll', () => {
  it('answers a repeat by what it made, in the batch and of an earlier one', () => {
    const book = new Book(alone);
    const [one, two] = ['t-1', 't-2'].map((transactionId) => aCardTransaction({ transactionId })) as [
      CardTransaction,
      CardTransaction,
    ];
    expect(shown(book.earn(one, one, { ...one, channel: 'web' }))).toEqual([
      [88, false],
      [88, true],
      'TRANSACTION_ID_REUSED',
    ]);
    const earned = book.earn(two, one);
    expect(shown(earned)).toEqual([
      [88, false],
      [88, true],
    ]);
    expect(earned.entries.map(({ entryId }) => entryId)).toEqual([earnEntryId(two)]);
    expect(balanceAt(book.accounts.get('c-1')!, now)).toBe(176);
  });

  it('keeps an entry of what earns nothing, and leaves the account alone', () => {
    const { entries, accounts } = new Book(alone).earn(aCardTransaction({ operation: 'transfer' }));
    expect([entries.map(({ points }) => points), accounts]).toEqual([[0], []]);
  });

  it.each([
    ['two who are one person', together, [88, 12]],
    ['two strangers', alone, [88, 88]],
  ])('counts the cap of %s', (_who, persons, points) => {
    const book = new Book(persons, 100);
    const told = ['c-1', 'c-2'].map((customerId) => aCardTransaction({ customerId }));
    expect(book.earn(...told).entries.map((entry) => entry.points)).toEqual(points);
  });

  it('comes to the same in whatever batches', () => {
    const transaction = fc.record({
      transactionId: fc.constantFrom('t-1', 't-2', 't-3', 't-4', 't-5', 't-6'),
      customerId: fc.constantFrom('c-1', 'c-2', 'c-3'),
      amountMinor: fc.constantFrom(50, 3_000, 9_000),
    });
    const batches = fc.array(fc.array(transaction, { maxLength: 6 }), { maxLength: 8 });
    fc.assert(
      fc.property(batches, fc.integer({ min: 0, max: 200 }), fc.boolean(), (list, cap, isLinked) => {
        const [gathered, single] = [0, 1].map(() => new Book(isLinked ? together : alone, cap)) as [Book, Book];
        for (const batch of list) {
          const told = batch.map((each) => aCardTransaction(each));
          expect(shown(gathered.earn(...told))).toEqual(told.flatMap((each) => shown(single.earn(each))));
        }
        expect(gathered.accounts).toEqual(single.accounts);
        expect(gathered.made).toEqual(single.made);
      }),
    );
  });
});
