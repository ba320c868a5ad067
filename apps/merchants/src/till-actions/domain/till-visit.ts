import { refused } from '@tidegate/errors';

/** The customer stands at the till for so long after a redemption; after it the merchant may not ask what the bank would offer him. */
export const TILL_VISIT_MS = 10 * 60_000;
/** What came of an offer is told within this time after the redemption or the offer. */
export const TILL_OUTCOME_MS = 24 * 3_600_000;

/** What shows that a customer stands at a till, and lets its merchant ask for him. A code was found good just now. */
export type TillVisit =
  | { kind: 'redemption'; redeemedAt: Date; isReversed: boolean }
  | { kind: 'hold'; state: string; heldAt: Date; expiresAt: Date }
  | { kind: 'code' };

/** The moment from which the till may not ask any more; undefined for a code: it is asked of the wallet each time. */
export function askedUntil(visit: TillVisit): Date | undefined {
  if (visit.kind === 'code') return undefined;
  if (visit.kind === 'hold' && visit.state !== 'committed') return visit.expiresAt;
  const since = visit.kind === 'hold' ? visit.heldAt : visit.redeemedAt;
  return new Date(since.getTime() + TILL_VISIT_MS);
}

/** @throws REDEMPTION_REVERSED, HOLD_VOIDED, HOLD_TIMED_OUT, TILL_VISIT_OVER */
export function requireAtTill(visit: TillVisit, now: Date): void {
  if (visit.kind === 'redemption' && visit.isReversed) {
    throw refused('REDEMPTION_REVERSED', 'This redemption was taken back.');
  }
  if (visit.kind === 'hold' && visit.state === 'voided') throw refused('HOLD_VOIDED', 'This hold was voided.');
  const until = askedUntil(visit);
  const isOver = until !== undefined && now >= until;
  if (visit.kind === 'hold' && (visit.state === 'timed_out' || (isOver && visit.state === 'held'))) {
    throw refused('HOLD_TIMED_OUT', 'This hold timed out.');
  }
  if (isOver) throw refused('TILL_VISIT_OVER', 'The customer is not taken to be at the till any more.');
}

/** @throws OUTCOME_TOO_LATE */
export function requireOutcomeInTime(since: Date, now: Date): void {
  if (now.getTime() < since.getTime() + TILL_OUTCOME_MS) return;
  throw refused('OUTCOME_TOO_LATE', 'What came of an offer at a till is told within a day.');
}
