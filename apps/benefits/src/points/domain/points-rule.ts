import { localMonth } from '../../definitions/domain/calendar-period';
import { holdsAt, type Defined } from '../../definitions/domain/definition';
import { free, leftTogether, use, type PeriodCounter } from '../../definitions/domain/period-counters';
import { localDay } from '../../domain/stock';

/** How a transaction earns; see points.proto. */
export interface PointsTerms {
  currency: string;
  /** Empty for all. */
  operations: string[];
  channels: string[];
  amountMinorMin: number;
  stepAmountMinor: number;
  pointsPerStep: number;
  /** Caps in points; 0 for none. */
  pointsMaxPerTransaction: number;
  pointsMaxPerDay: number;
  pointsMaxPerMonth: number;
  validMonths: number;
  timeZone: string;
}

export type PointsRule = Defined<PointsTerms>;

/** A card transaction as its source tells it. */
export interface CardTransaction {
  transactionId: string;
  customerId: string;
  amountMinor: number;
  currency: string;
  operation: string;
  channel: string;
  occurredAt: Date;
}

/** What one rule gave for a transaction. */
export interface PointsAward {
  ruleId: string;
  points: number;
  /** What was cut by the rule's caps. */
  cappedPoints: number;
}

const allows = (list: readonly string[], value: string): boolean => list.length === 0 || list.includes(value);

/** Whether a rule holds for a transaction at all. */
export function matches({ definition, terms }: PointsRule, transaction: CardTransaction): boolean {
  return (
    holdsAt(definition, transaction.occurredAt) &&
    terms.currency === transaction.currency &&
    transaction.amountMinor >= Math.max(1, terms.amountMinorMin) &&
    allows(terms.operations, transaction.operation) &&
    allows(terms.channels, transaction.channel)
  );
}

/** Whether there is a cap that the profiles of a person share. */
export const isCapped = ({ terms }: PointsRule): boolean => terms.pointsMaxPerDay > 0 || terms.pointsMaxPerMonth > 0;

/** Under which key and period a rule's caps count what it gave at a time. */
const countedAt = (ruleId: string, timeZone: string, at: Date) => ({
  day: [`${ruleId}|day`, localDay(at, timeZone)] as const,
  month: [`${ruleId}|month`, localMonth(at, timeZone)] as const,
});

/** What a transaction earns by one rule under its caps, of which the person's other profiles have used their part, and how much the own one has used then. */
export function award(
  { definition, terms }: PointsRule,
  transaction: CardTransaction,
  counters: readonly PeriodCounter[],
  others: readonly (readonly PeriodCounter[])[] = [],
): { award: PointsAward; counters: PeriodCounter[] } {
  const ruleId = definition.definitionId;
  const { day, month } = countedAt(ruleId, terms.timeZone, transaction.occurredAt);
  const earned = Math.min(
    Math.floor(transaction.amountMinor / terms.stepAmountMinor) * terms.pointsPerStep,
    Number.MAX_SAFE_INTEGER,
  );
  const all = [counters, ...others];
  const points = Math.min(
    earned,
    terms.pointsMaxPerTransaction || earned,
    leftTogether(all, ...day, terms.pointsMaxPerDay),
    leftTogether(all, ...month, terms.pointsMaxPerMonth),
  );
  let used = [...counters];
  if (terms.pointsMaxPerDay > 0) used = use(used, ...day, points);
  if (terms.pointsMaxPerMonth > 0) used = use(used, ...month, points);
  return { award: { ruleId, points, cappedPoints: earned - points }, counters: used };
}

/** Gives back what a rule gave for a transaction of a time, in its caps of that day and month. */
export function freeCaps(
  counters: readonly PeriodCounter[],
  { ruleId, timeZone }: { ruleId: string; timeZone: string },
  occurredAt: Date,
  points: number,
): PeriodCounter[] {
  const { day, month } = countedAt(ruleId, timeZone, occurredAt);
  return free(free(counters, ...day, points), ...month, points);
}
