import { addMonths, localMonth } from '../../definitions/domain/calendar-period';
import { leftTogether, use, type PeriodCounter } from '../../definitions/domain/period-counters';
import { localDay } from '../../domain/stock';
import { counts, type Activity } from './activity';
import type { GrowthPlan, GrowthSource, GrowthTerms } from './growth-plan';

/** One customer's growth in one plan. */
export interface GrowthAccount {
  planId: string;
  customerId: string;
  /** Growth by the month that brought it, `YYYY-MM`. */
  months: Record<string, number>;
  counters: PeriodCounter[];
  /** From 1; 0 before the first review. */
  level: number;
  highestLevel: number;
  graceEndsAt: Date | null;
  /** For which levels this month's benefits were given. */
  benefitMonth: string;
  benefitLevels: number[];
  nextReviewAt: Date;
}

export const emptyGrowth = (planId: string, customerId: string, now: Date): GrowthAccount => ({
  planId,
  customerId,
  months: {},
  counters: [],
  level: 0,
  highestLevel: 0,
  graceEndsAt: null,
  benefitMonth: '',
  benefitLevels: [],
  nextReviewAt: now,
});

/** First month that counts; all do when the window is 0. */
const firstMonth = ({ windowMonths, timeZone }: GrowthTerms, now: Date): string =>
  windowMonths === 0 ? '' : addMonths(localMonth(now, timeZone), 1 - windowMonths);

/** The growth value 成长值 at a time. */
export function growthAt({ months }: GrowthAccount, terms: GrowthTerms, now: Date): number {
  const first = firstMonth(terms, now);
  return Object.entries(months).reduce((sum, [month, growth]) => (month >= first ? sum + growth : sum), 0);
}

/** The growth value of a person: those of his profiles add up. */
export const growthTogether = (profiles: readonly GrowthAccount[], terms: GrowthTerms, now: Date): number =>
  profiles.reduce((sum, each) => sum + growthAt(each, terms, now), 0);

const grownBy = ({ growth, stepAmountMinor }: GrowthSource, { amountMinor }: Activity): number =>
  stepAmountMinor > 0 ? Math.floor(amountMinor / stepAmountMinor) * growth : growth;

/** Adds what an activity brings, by every source it matches, each under its daily cap, which the person's profiles share. */
export function grow(
  { account, others = [] }: { account: GrowthAccount; others?: readonly GrowthAccount[] },
  { terms }: GrowthPlan,
  activity: Activity,
  now: Date,
): GrowthAccount {
  const day = localDay(activity.at, terms.timeZone);
  let { counters } = account;
  const ofOthers = others.map((other) => other.counters);
  let added = 0;
  terms.sources.forEach((source, index) => {
    if (!counts(source.filter, activity)) return;
    const key = String(index);
    const growth = Math.min(
      grownBy(source, activity),
      leftTogether([counters, ...ofOthers], key, day, source.growthMaxPerDay),
    );
    if (source.growthMaxPerDay > 0) counters = use(counters, key, day, growth);
    added += growth;
  });
  if (added === 0) return account;
  const month = day.slice(0, 7);
  const first = firstMonth(terms, now);
  const kept = Object.entries(account.months).filter(([each]) => each >= first);
  return {
    ...account,
    counters,
    months: { ...Object.fromEntries(kept), [month]: (account.months[month] ?? 0) + added },
  };
}
