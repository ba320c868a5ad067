import { addMonths, localMonth, startOfMonth } from '../../definitions/domain/calendar-period';
import type { RewardTerms } from '../../granting/domain/reward-terms';
import { growthTogether, type GrowthAccount } from './growth-account';
import type { GrowthLevel, GrowthPlan } from './growth-plan';
import { standingTogether } from './person-growth';

const DAY_MS = 24 * 3600 * 1000;

/** A benefit of a level that is due, with a name of its own for ever. */
export interface DueBenefit {
  key: string;
  reward: RewardTerms;
}

export interface LevelReview {
  /** Of all profiles that were reviewed, in their order. */
  accounts: GrowthAccount[];
  due: DueBenefit[];
}

/** Highest level (from 1) whose bound the growth reaches; the first has no bound. */
function highest(levels: readonly GrowthLevel[], boundOf: (level: GrowthLevel) => number, growth: number): number {
  return Math.max(1, levels.findLastIndex((level) => growth >= boundOf(level)) + 1);
}

/** As of when a level is reviewed: what is told only after the end of a plan counts as on its last day, and brings nothing of later ones. */
export const reviewedAt = ({ definition }: GrowthPlan, now: Date): Date =>
  new Date(Math.min(now.getTime(), definition.validTo.getTime() - 1));

/**
 * Reviews a person's level 等级 over his profiles, whose growth adds up: up at once; down only when the growth that keeps the level was
 * missing for the whole grace, and then to the level it still keeps. Benefits of the levels reached for the first time and of the month are
 * due, once for all profiles; each of them keeps what came of it.
 */
export function reviewLevel(profiles: readonly GrowthAccount[], { terms }: GrowthPlan, now: Date): LevelReview {
  const growth = growthTogether(profiles, terms, now);
  const thisMonth = localMonth(now, terms.timeZone);
  // A profile that was reviewed later keeps what that month gave; a month before it gives nothing any more.
  const month = profiles.reduce((latest, each) => (each.benefitMonth > latest ? each.benefitMonth : latest), thisMonth);
  const before = standingTogether(profiles, month);
  const { level, graceEndsAt } = levelAt(before, { levels: terms.levels, graceDays: terms.graceDays, growth }, now);
  const nextMonthAt = startOfMonth(addMonths(thisMonth, 1), terms.timeZone);
  const isGiven = month > thisMonth || before.benefitLevels.includes(level);
  const current = terms.levels[level - 1];
  const once = terms.levels
    .slice(before.highestLevel, level)
    .flatMap((each, index) => benefitsOf(each, 'once', `once|${before.highestLevel + index + 1}`));
  const monthly = current && !isGiven ? benefitsOf(current, 'month', `${month}|${level}`) : [];
  const shared = {
    level,
    graceEndsAt,
    highestLevel: Math.max(before.highestLevel, level),
    benefitMonth: month,
    benefitLevels: isGiven ? before.benefitLevels : [...before.benefitLevels, level],
    nextReviewAt: graceEndsAt && graceEndsAt < nextMonthAt ? graceEndsAt : nextMonthAt,
  };
  return { accounts: profiles.map((each) => ({ ...each, ...shared })), due: [...once, ...monthly] };
}

function levelAt(
  account: Pick<GrowthAccount, 'level' | 'graceEndsAt'>,
  { levels, graceDays, growth }: { levels: readonly GrowthLevel[]; graceDays: number; growth: number },
  now: Date,
): { level: number; graceEndsAt: Date | null } {
  const reached = highest(levels, ({ upGrowth }) => upGrowth, growth);
  if (reached > account.level) return { level: reached, graceEndsAt: null };
  const keep = levels[account.level - 1]?.keepGrowth ?? 0;
  if (growth >= keep || account.level === 1) return { level: account.level, graceEndsAt: null };
  const graceEndsAt = account.graceEndsAt ?? new Date(now.getTime() + graceDays * DAY_MS);
  if (now < graceEndsAt) return { level: account.level, graceEndsAt };
  return {
    level: Math.min(
      account.level,
      highest(levels, ({ keepGrowth }) => keepGrowth, growth),
    ),
    graceEndsAt: null,
  };
}

const benefitsOf = ({ benefits }: GrowthLevel, every: string, key: string): DueBenefit[] =>
  benefits.flatMap(({ reward, every: own }, index) => (own === every ? [{ key: `${key}|${index}`, reward }] : []));
