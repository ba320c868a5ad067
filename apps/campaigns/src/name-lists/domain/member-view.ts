import type { ListMember } from './list-member';
import type { ListSplit } from './list-split';
import type { Placement, Touch } from './placement';

/** A member as staff see him: screened, and who has him. */
export interface MemberView {
  customerId: string;
  externalId: string;
  /** Why he was screened out; empty when passed. */
  reason: string;
  /** Empty for nobody. */
  agentId: string;
  placedBy: string;
  unplacedReason: string;
  placedAt: Date | undefined;
  touchedAt: Date | undefined;
  recalledFrom: string[];
  handedToOrgPath: string;
}

/** @param touch only counts when it is later than the dispatch of the list */
export function viewMember(
  member: ListMember,
  placement: Placement | null | undefined,
  { split, touch, isHandedDown }: { split: ListSplit | null; touch: Touch | undefined; isHandedDown: boolean },
): MemberView {
  const nameOf = (receiver: number): string => split?.receivers[receiver]?.id ?? '';
  const holder = placement ? nameOf(placement.receiver) : '';
  const touchedAtMs = placement?.touchedAtMs || touch?.touchedAtMs || 0;
  return {
    customerId: member.customerId,
    externalId: member.externalId,
    reason: member.reason,
    agentId: isHandedDown ? '' : holder,
    placedBy: placement?.relation ?? '',
    unplacedReason: placement?.reason ?? '',
    placedAt: placement && placement.placedAtMs > 0 ? new Date(placement.placedAtMs) : undefined,
    touchedAt: touchedAtMs > 0 ? new Date(touchedAtMs) : undefined,
    recalledFrom: placement?.recalledFrom.map(nameOf) ?? [],
    handedToOrgPath: isHandedDown ? holder : '',
  };
}
