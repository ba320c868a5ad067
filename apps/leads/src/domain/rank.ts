import type { Lead } from './lead';

const SIGN = 1n << 63n;
const ALL = (1n << 64n) - 1n;
const TIME_DIGITS = 9;

/** What decides which waiting lead is served first. */
export type Ranked = Pick<Lead, 'urgency' | 'priority' | 'createdAt' | 'leadId'>;

/** Keys of leads that wait for one seat or one team alone come after all others of their queue, seat by seat and team by team. */
export const OWN_KEYS = '@';

export const ownKeysOf = (seatId: string): { from: string; to: string } => ({
  from: `${OWN_KEYS}${seatId}|`,
  to: `${OWN_KEYS}${seatId}}`,
});

/** Ids of seats do not begin with `~`. */
export const teamKeysOf = (teamId: string): { from: string; to: string } => ownKeysOf(`~${teamId}`);

/** The order in which waiting leads are served: promised call-backs, then priority, then age; the id settles the rest. */
export function compareRank(a: Ranked, b: Ranked): number {
  return (
    b.urgency - a.urgency ||
    b.priority - a.priority ||
    a.createdAt.getTime() - b.createdAt.getTime() ||
    (a.leadId < b.leadId ? -1 : a.leadId > b.leadId ? 1 : 0)
  );
}

/** The same order as text: of two leads the one served first has the smaller key, so one plain index holds the order. */
export function rankKey({
  urgency,
  priority,
  createdAt,
  leadId,
  onlySeatId = '',
  teamId = '',
}: Ranked & { onlySeatId?: string; teamId?: string }): string {
  const ofTeam = teamId === '' ? '' : teamKeysOf(teamId).from;
  const own = onlySeatId === '' ? ofTeam : ownKeysOf(onlySeatId).from;
  const age = createdAt.getTime().toString(36).padStart(TIME_DIGITS, '0');
  return `${own}${9 - urgency}${descending(priority)}${age}${leadId}`;
}

/** Sixteen hex digits that sort like the number, from high to low. Source: IEEE 754 total order of finite doubles. */
function descending(value: number): string {
  // Adding zero turns -0 into 0, which is the same priority.
  const bits = new BigUint64Array(new Float64Array([value + 0]).buffer)[0] ?? 0n;
  const ascending = (bits & SIGN) === 0n ? bits | SIGN : ~bits & ALL;
  return (~ascending & ALL).toString(16).padStart(16, '0');
}
