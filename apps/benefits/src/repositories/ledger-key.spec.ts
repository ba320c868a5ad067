import fc from 'fast-check';
import type { LedgerTransaction } from '../domain/ledger';
import { ledgerKey, timeKey, timeOfKey, transactionIdOf } from './ledger-key';

const transaction = (kind: LedgerTransaction['kind'], transactionId: string, postedAt: Date): LedgerTransaction => ({
  transactionId,
  kind,
  reference: 'r',
  postings: [],
  postedAt,
});
const times = fc.date({ min: new Date(0), max: new Date('2999-12-31'), noInvalidDate: true });

it('sorts as time does, and says time and id again', () => {
  fc.assert(
    fc.property(times, times, fc.string({ minLength: 1 }), (one, other, id) => {
      const [key, later] = [ledgerKey(transaction('claim', id, one)), timeKey(other)];
      if (one.getTime() !== other.getTime()) expect(key < later).toBe(one < other);
      expect(timeOfKey(key)).toEqual(one);
      expect(transactionIdOf(key)).toBe(id);
    }),
  );
});

it('keeps what is looked up by id under its id', () => {
  const key = ledgerKey(transaction('settlement', 'settlement-b', new Date(0)));
  expect([key, transactionIdOf(key)]).toEqual(['settlement-b', 'settlement-b']);
});
