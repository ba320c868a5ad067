/** Who has a customer for a strategy by a name list 名单; his leads are offered to that person first. */
export interface LeadOwner {
  strategyId: string;
  customerId: string;
  /** Empty for nobody. */
  agentId: string;
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
