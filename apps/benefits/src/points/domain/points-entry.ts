import { hash } from 'node:crypto';
import { balanced, credit, debit, type LedgerKind, type LedgerTransaction } from '../../domain/ledger';
import { balanceAt, type PointsAccount, type PointsLot } from './points-account';
import type { PointsAward } from './points-rule';

/** The ledger's currency of points. */
export const PTS = 'PTS';

export type PointsEntryKind = 'earn' | 'reverse' | 'reward' | 'spend' | 'return' | 'expire';

const LEDGER_KINDS: Record<PointsEntryKind, LedgerKind> = {
  earn: 'points_earn',
  reverse: 'points_reversal',
  reward: 'points_earn',
  spend: 'points_spend',
  return: 'points_return',
  expire: 'points_expiry',
};

/** Ledger accounts of points: what an organisation promised, and what a customer holds. */
export const pointsAccounts = {
  issued: (orgPath: string): string => `points_issued:${orgPath}`,
  held: (customerId: string): string => `points:${customerId}`,
} as const;

/** What the history keeps of taking back 积分撤回. */
export interface TakenBack {
  /** Earned, but spent or expired, and so not taken. */
  shortPoints: number;
  reason: string;
  actorId: string;
}

/** One line of a customer's points history; never changed. */
export interface PointsEntry {
  /** Derived from what caused it, so that a repeat finds it. */
  entryId: string;
  customerId: string;
  kind: PointsEntryKind;
  /** Positive in, negative out. */
  points: number;
  balanceAfter: number;
  /** The transaction, reward, exchange or month of expiry. */
  reference: string;
  awards: PointsAward[];
  /** What it put in or took out. */
  lots: PointsLot[];
  /** Tells a repeat from another use of the same reference. */
  contentHash: string;
  occurredAt: Date;
  bookedAt: Date;
  /** Only of kind reverse. */
  takenBack?: TakenBack;
}

/** The same cause always makes the same id. */
export const entryIdOf = (kind: PointsEntryKind, customerId: string, reference: string): string =>
  hash('sha256', `${kind}|${customerId}|${reference}`, 'base64url').slice(0, 32);

export const isInward = (kind: PointsEntryKind): boolean => !['spend', 'expire', 'reverse'].includes(kind);

/** Writes the line that belongs to a changed account. */
export function writeEntry(
  after: PointsAccount,
  kind: PointsEntryKind,
  details: Pick<PointsEntry, 'reference' | 'lots' | 'occurredAt'> &
    Partial<Pick<PointsEntry, 'awards' | 'contentHash' | 'takenBack'>>,
  now: Date,
): PointsEntry {
  const amount = details.lots.reduce((sum, { points }) => sum + points, 0);
  // Points that were given back late expire with a date that has been swept before.
  const cause = kind === 'expire' ? `${details.reference}|${now.toISOString()}` : details.reference;
  return {
    entryId: entryIdOf(kind, after.customerId, cause),
    customerId: after.customerId,
    kind,
    points: isInward(kind) ? amount : 0 - amount,
    balanceAfter: balanceAt(after, now),
    awards: [],
    contentHash: '',
    bookedAt: now,
    ...details,
  };
}

/** The entry in the ledger; none for one that moved nothing. */
export function toLedger(entry: PointsEntry): LedgerTransaction[] {
  if (entry.points === 0) return [];
  const [into, from] = isInward(entry.kind) ? [credit, debit] : [debit, credit];
  const byOrg = new Map<string, number>();
  for (const { orgPath, points } of entry.lots) byOrg.set(orgPath, (byOrg.get(orgPath) ?? 0) + points);
  return [
    balanced({
      transactionId: `points-${entry.entryId}`,
      kind: LEDGER_KINDS[entry.kind],
      reference: entry.entryId,
      postings: [
        into(pointsAccounts.held(entry.customerId), Math.abs(entry.points), PTS),
        ...[...byOrg].map(([orgPath, points]) => from(pointsAccounts.issued(orgPath), points, PTS)),
      ],
      postedAt: entry.bookedAt,
    }),
  ];
}
