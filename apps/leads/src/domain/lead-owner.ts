import type { Lead } from './lead';
import type { Seat } from './seat';

/** Who has a customer for a strategy by a name list 名单; his leads are offered to that person first. */
export interface LeadOwner {
  strategyId: string;
  customerId: string;
  /** Empty for nobody. */
  agentId: string;
  /** Taken from somebody before: what kept the customer's leads for that person is over. */
  isRecalled: boolean;
  movedAt: Date;
}

export const ownerKey = ({ strategyId, customerId }: Pick<LeadOwner, 'strategyId' | 'customerId'>): string =>
  `${strategyId}|${customerId}`;

/** The latest owner of each customer and strategy, of those that are news. */
export function newOwners(known: ReadonlyMap<string, LeadOwner>, told: readonly LeadOwner[]): LeadOwner[] {
  const latest = new Map<string, LeadOwner>();
  for (const each of told) {
    const key = ownerKey(each);
    const before = latest.get(key) ?? known.get(key);
    if (before === undefined || before.movedAt < each.movedAt) latest.set(key, each);
  }
  return [...latest.values()];
}

/** A lead after a list gave its customer to the person at the seat, or to nobody: it prefers him, and when it was taken from another it waits for nobody else. */
export function givenTo(lead: Lead, { isRecalled }: LeadOwner, seat: Seat | undefined): Lead {
  const preferred = { ...lead, preferredSeatId: seat?.seatId ?? '' };
  if (!isRecalled) return preferred;
  const isOfOtherTeam = seat !== undefined && lead.teamId !== seat.teamId;
  return {
    ...preferred,
    onlySeatId: lead.onlySeatId === '' ? '' : preferred.preferredSeatId,
    teamId: isOfOtherTeam ? '' : lead.teamId,
  };
}
