import { addMonths, localMonth, startOfMonth } from '../../definitions/domain/calendar-period';
import type { RewardTerms } from '../../granting/domain/reward-terms';
import { growthAt, type GrowthAccount } from './growth-account';
import type { GrowthLevel, GrowthPlan } from './growth-plan';

const DAY_MS = 24 * 3600 * 1000;

/** A benefit of a level that is due, with a name of its own for ever. */
export interface DueBenefit {
  key: string;
  reward: RewardTerms;
}

export interface LevelReview {
  account: GrowthAccount;
  due: DueBenefit[];
}

/** Highest level (from 1) whose bound the growth reaches; the first has no bound. */
function highest(levels: readonly GrowthLevel[], boundOf: (level: GrowthLevel) => number, growth: number): number {
  return Math.max(1, levels.findLastIndex((level) => growth >= boundOf(level)) + 1);
}

/**
 * Reviews a customer's level 等级: up at once; down only when the growth that keeps the level was missing for the whole grace, and
 * then to the level it still keeps. Benefits of the levels reached for the first time and of the month are due.
 */
export function reviewLevel(account: GrowthAccount, { terms }: GrowthPlan, now: Date): LevelReview {
  const growth = growthAt(account, terms, now);
  const { level, graceEndsAt } = levelAt(account, { levels: terms.levels, graceDays: terms.graceDays, growth }, now);
  const month = localMonth(now, terms.timeZone);
  const nextMonthAt = startOfMonth(addMonths(month, 1), terms.timeZone);
  const moved: GrowthAccount = {
    ...account,
    level,
    graceEndsAt,
    highestLevel: Math.max(account.highestLevel, level),
    nextReviewAt: graceEndsAt && graceEndsAt < nextMonthAt ? graceEndsAt : nextMonthAt,
  };
  const once = terms.levels
    .slice(account.highestLevel, level)
    .flatMap((each, index) => benefitsOf(each, 'once', `once|${account.highestLevel + index + 1}`));
  const givenTo = account.benefitMonth === month ? account.benefitLevels : [];
  if (givenTo.includes(level)) return { account: moved, due: once };
  const current = terms.levels[level - 1];
  const monthly = current ? benefitsOf(current, 'month', `${month}|${level}`) : [];
  return {
    account: { ...moved, benefitMonth: month, benefitLevels: [...givenTo, level] },
    due: [...once, ...monthly],
  };
}

function levelAt(
  account: GrowthAccount,
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
