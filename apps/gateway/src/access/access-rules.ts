import type { Actor } from '@tidegate/observability';

/** Who may call a route: one of the kinds, with at least one of the roles when any is named. */
export interface AccessRule {
  kinds: readonly Actor['kind'][];
  roles?: readonly string[];
}

/** Open to anyone, without a token. */
export const PUBLIC: AccessRule = { kinds: [] };

export const CUSTOMER: AccessRule = { kinds: ['customer'] };
/** A merchant's system; its requests are signed. */
export const MERCHANT: AccessRule = { kinds: ['merchant'] };
/** A system of the bank that tells facts. */
export const INTAKE: AccessRule = { kinds: ['service'], roles: ['intake'] };

const staff = (...roles: string[]): AccessRule => ({ kinds: ['staff'], roles });

/** Works leads. */
export const AGENT = staff('agent', 'team_leader');
export const ADMIN = staff('admin');
/** Writes strategies and what they are made of. */
export const MAKER = staff('maker', 'admin');
/** Approves what a maker wrote. */
export const CHECKER = staff('checker', 'admin');
/** Stops what is live: whoever made it, and whoever approved it. To resume is for those who approve. */
export const KEEPER = staff('maker', 'checker', 'admin');
/** Reads what the bank is set up to do, and the reports. */
export const READER = staff('admin', 'maker', 'checker', 'reviewer');
/** Reads who works when and where: readers, and who leads a team. */
export const ROSTER_READER = staff('admin', 'maker', 'checker', 'reviewer', 'team_leader');
/** Judges the people of a team. */
export const TEAM_JUDGE = staff('team_leader', 'maker', 'admin');
