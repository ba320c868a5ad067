import { refused } from '@tidegate/errors';

/** The customer stands at the till for so long after a redemption; after it the merchant may not ask what the bank would offer him. */
export const TILL_VISIT_MS = 10 * 60_000;
/** What came of an offer is told within this time after the redemption. */
export const TILL_OUTCOME_MS = 24 * 3_600_000;

/** A redemption as it lets its merchant ask for the customer. */
export interface TillVisit {
  redeemedAt: Date;
  isReversed: boolean;
}

/** The moment from which the till may not ask any more. */
export const askedUntil = ({ redeemedAt }: Pick<TillVisit, 'redeemedAt'>): Date =>
  new Date(redeemedAt.getTime() + TILL_VISIT_MS);

/** @throws REDEMPTION_REVERSED, TILL_VISIT_OVER */
export function requireAtTill(visit: TillVisit, now: Date): void {
  if (visit.isReversed) throw refused('REDEMPTION_REVERSED', 'This redemption was taken back.');
  if (now >= askedUntil(visit)) {
    throw refused('TILL_VISIT_OVER', 'The customer is not taken to be at the till any more.');
  }
}

/** @throws OUTCOME_TOO_LATE */
export function requireOutcomeInTime({ redeemedAt }: Pick<TillVisit, 'redeemedAt'>, now: Date): void {
  if (now.getTime() < redeemedAt.getTime() + TILL_OUTCOME_MS) return;
  throw refused('OUTCOME_TOO_LATE', 'What came of an offer is told within a day after the redemption.');
}
