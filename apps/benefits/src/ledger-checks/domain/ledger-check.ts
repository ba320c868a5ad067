import { notFound, refused, type DomainError } from '@tidegate/errors';
import type { LedgerDifference } from './ledger-difference';

export type LedgerCheckState = 'running' | 'completed' | 'failed' | 'cancelled';

/** Differences that are kept; the others are counted. */
export const DIFFERENCES_MAX = 500;

/** What a check has found so far. */
export interface LedgerFindings {
  progressPercent: number;
  postingsRead: number;
  accountsCompared: number;
  differenceCount: number;
  /** The first ones. */
  differences: LedgerDifference[];
  /** The time of the checkpoint it compares with; null while, or where, there is none. */
  checkpointAt: Date | null;
}

/** One check of the whole ledger 账本核对. */
export interface LedgerCheck extends LedgerFindings {
  checkId: string;
  state: LedgerCheckState;
  failureReason: string;
  startedBy: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export const NOTHING_FOUND: LedgerFindings = {
  progressPercent: 0,
  postingsRead: 0,
  accountsCompared: 0,
  differenceCount: 0,
  differences: [],
  checkpointAt: null,
};

export const startLedgerCheck = (checkId: string, startedBy: string, now: Date): LedgerCheck => ({
  ...NOTHING_FOUND,
  checkId,
  state: 'running',
  failureReason: '',
  startedBy,
  startedAt: now,
  finishedAt: null,
});

/** @throws LEDGER_CHECK_FINISHED */
export function cancelLedgerCheck(check: LedgerCheck, now: Date): LedgerCheck {
  if (check.state === 'cancelled') return check;
  if (check.state !== 'running') throw refused('LEDGER_CHECK_FINISHED', `The check is already ${check.state}.`);
  return { ...check, state: 'cancelled', finishedAt: now };
}

export const ledgerCheckNotFound = (): DomainError => notFound('LEDGER_CHECK_NOT_FOUND', 'There is no such check.');
