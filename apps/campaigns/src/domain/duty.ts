/** What a person may do with strategies of an organisation. */
export const DUTIES = ['draft', 'review', 'publish', 'pause', 'resume', 'roll_back'] as const;
export type Duty = (typeof DUTIES)[number];

/**
 * The one table of who may: drafting is a maker's, putting in force a checker's, also after a pause, and stopping is everybody's who has
 * a part in it.
 * That nobody reviews their own change is a rule of the strategy itself.
 */
const ROLES: Record<Duty, readonly string[]> = {
  draft: ['maker', 'admin'],
  review: ['checker', 'admin'],
  publish: ['checker', 'admin'],
  pause: ['maker', 'checker', 'admin'],
  resume: ['checker', 'admin'],
  roll_back: ['checker', 'admin'],
};

export const holdsDuty = (roles: readonly string[], duty: Duty): boolean =>
  ROLES[duty].some((role) => roles.includes(role));

export const rolesOf = (duty: Duty): readonly string[] => ROLES[duty];
