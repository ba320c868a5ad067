import type { GrowthAccount } from './growth-account';

/** What the level of a person stands on, and what he was given for it. */
type Standing = Pick<GrowthAccount, 'level' | 'highestLevel' | 'graceEndsAt' | 'benefitMonth' | 'benefitLevels'>;

/**
 * Where the profiles of a natural person 自然人 stand together in a month: at the highest level of them, in the grace of who holds it
 * longest, with the benefits that any of them was given.
 */
export function standingTogether(profiles: readonly GrowthAccount[], month: string): Standing {
  const level = Math.max(0, ...profiles.map((each) => each.level));
  const graces = profiles.filter((each) => each.level === level).map(({ graceEndsAt }) => graceEndsAt);
  const given = profiles.flatMap(({ benefitMonth, benefitLevels }) => (benefitMonth === month ? benefitLevels : []));
  return {
    level,
    highestLevel: Math.max(0, ...profiles.map(({ highestLevel }) => highestLevel)),
    graceEndsAt: graces.includes(null) ? null : latest(graces),
    benefitMonth: month,
    benefitLevels: [...new Set(given)],
  };
}

const latest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((last, time) => (time && (!last || time > last) ? time : last), null);
