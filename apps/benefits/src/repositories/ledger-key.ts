import type { LedgerTransaction } from '../domain/ledger';

/** Sorts after every letter: what is stored under a plain id comes before all that is stored by time. */
export const BY_TIME = '~';
/** Kinds that are looked up by their id: these are stored under it, and are few. */
export const PLAIN_KINDS: readonly LedgerTransaction['kind'][] = ['settlement', 'adjustment'];

const DIGITS = 9;

/** Sorts as times do, to the millisecond. */
export const timeKey = (at: Date): string => `${BY_TIME}${at.getTime().toString(36).padStart(DIGITS, '0')}`;

/**
 * What a transaction is stored under: its time first, so that the postings of a span of time are one range of keys, without an
 * index of their own, and new ones are written at the end of it.
 */
export const ledgerKey = ({ transactionId, kind, postedAt }: LedgerTransaction): string =>
  PLAIN_KINDS.includes(kind) ? transactionId : `${timeKey(postedAt)}-${transactionId}`;

/** The time in a key. @throws Error for a plain one */
export function timeOfKey(key: string): Date {
  if (!key.startsWith(BY_TIME)) throw new Error('a plain ledger key says no time');
  return new Date(parseInt(key.slice(BY_TIME.length, BY_TIME.length + DIGITS), 36));
}

/** The transaction's id in a key. */
export const transactionIdOf = (key: string): string =>
  key.startsWith(BY_TIME) ? key.slice(BY_TIME.length + DIGITS + 1) : key;
