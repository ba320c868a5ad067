import { selfAndAncestors } from '../../domain/org-path';
import type { ListMember } from './list-member';
import { RankHeap } from './rank-heap';
import {
  isSuitable,
  NOTHING,
  openOf,
  RELATIONS,
  weightOf,
  type Holding,
  type Receiver,
  type SplitPlan,
} from './split-plan';

/** Why nobody has a member. */
export type UnplacedReason =
  | 'NO_RELATION'
  | 'NOBODY_SUITABLE'
  | 'NOBODY_ELSE'
  | 'CAPACITY_FULL'
  | 'QUOTA_EXHAUSTED'
  | 'TEAM_QUOTA_EXHAUSTED'
  | 'ROUNDS_USED_UP';

interface Desk {
  heap: RankHeap;
  /** Why nobody of it takes any more, once that is so. */
  closedBy: UnplacedReason;
}

/**
 * Gives members to receivers: by one relation after the other, each to the one with the smallest share of what his willingness
 * and ability weigh. It follows from the plan, the receivers and what they hold alone, so that it goes on anywhere, the same.
 */
export class SplitBoard {
  readonly holdings: Holding[];
  private readonly teamRoom = new Map<string, number>();
  private readonly desks = new Map<string, Map<string, Desk>>();

  constructor(
    private readonly plan: SplitPlan,
    private readonly receivers: readonly Receiver[],
    private readonly relationAttributes: readonly string[],
    holdings: readonly Holding[] = [],
  ) {
    this.holdings = receivers.map((_receiver, i) => ({ ...(holdings[i] ?? NOTHING) }));
    for (const { teamId, quota } of plan.teamQuotas) if (quota > 0) this.teamRoom.set(teamId, quota);
    receivers.forEach(({ teamId }, i) => this.useTeam(teamId, this.holdings[i]!.placed));
  }

  /** The receiver who gets the member by a relation, or why there is none. @param excluded who had him before */
  place(member: ListMember, relation: string, excluded: readonly number[] = []): number | UnplacedReason {
    let reason: UnplacedReason = 'NO_RELATION';
    for (const key of this.keysOf(member, relation)) {
      const desk = this.desksOf(relation).get(key);
      if (desk === undefined) continue;
      const found = this.takeFrom(desk, excluded);
      if (typeof found === 'number') return found;
      if (reason === 'NO_RELATION') reason = found;
    }
    return reason;
  }

  /** Takes a member away from a receiver. Desks made before do not know of it: recall first, then place. */
  recall(receiver: number): void {
    const holding = this.holdings[receiver]!;
    holding.placed -= 1;
    holding.recalled += 1;
    this.useTeam(this.receivers[receiver]!.teamId, -1);
  }

  touch(receiver: number): void {
    this.holdings[receiver]!.touched += 1;
  }

  private takeFrom(desk: Desk, excluded: readonly number[]): number | UnplacedReason {
    const passedOver: number[] = [];
    let found: number | undefined;
    for (let next = desk.heap.pop(); next !== undefined; next = desk.heap.pop()) {
      const closedBy = this.fullReason(next);
      if (closedBy !== undefined) {
        desk.closedBy = closedBy;
        continue;
      }
      if (excluded.includes(next)) {
        passedOver.push(next);
        continue;
      }
      found = next;
      break;
    }
    if (found !== undefined) {
      this.holdings[found]!.placed += 1;
      this.useTeam(this.receivers[found]!.teamId, 1);
      passedOver.push(found);
    }
    for (const each of passedOver) desk.heap.push(each);
    if (found !== undefined) return found;
    return passedOver.length > 0 ? 'NOBODY_ELSE' : desk.closedBy;
  }

  private keysOf(member: ListMember, relation: string): string[] {
    if (relation === RELATIONS.anyone) return [''];
    if (relation === RELATIONS.outlet) return member.orgPath === '' ? [] : selfAndAncestors(member.orgPath);
    const value = member.relations[relation === RELATIONS.owner ? 0 : this.relationAttributes.indexOf(relation)];
    return value ? [value] : [];
  }

  private desksOf(relation: string): Map<string, Desk> {
    const known = this.desks.get(relation);
    if (known) return known;
    const desks = new Map<string, Desk>();
    this.receivers.forEach((receiver, i) => {
      for (const key of receiverKeys(receiver, relation)) {
        const desk = desks.get(key) ?? { heap: new RankHeap((id) => this.rankOf(id)), closedBy: 'NOBODY_SUITABLE' };
        desks.set(key, desk);
        if (isSuitable(receiver, this.plan)) desk.heap.push(i);
      }
    });
    this.desks.set(relation, desks);
    return desks;
  }

  private rankOf(receiver: number): number {
    return (this.holdings[receiver]!.placed + 1) / weightOf(this.receivers[receiver]!);
  }

  private fullReason(index: number): UnplacedReason | undefined {
    const { teamId, capacity, quota } = this.receivers[index]!;
    const holding = this.holdings[index]!;
    if ((this.teamRoom.get(teamId) ?? 1) <= 0) return 'TEAM_QUOTA_EXHAUSTED';
    if (quota > 0 && holding.placed >= quota) return 'QUOTA_EXHAUSTED';
    return openOf(holding) >= capacity ? 'CAPACITY_FULL' : undefined;
  }

  private useTeam(teamId: string, count: number): void {
    const room = this.teamRoom.get(teamId);
    if (room !== undefined) this.teamRoom.set(teamId, room - count);
  }
}

function receiverKeys({ id, orgPath, relations }: Receiver, relation: string): string[] {
  if (relation === RELATIONS.anyone) return [''];
  if (relation === RELATIONS.outlet) return [orgPath];
  if (relation === RELATIONS.owner) return [id];
  return [...new Set(relations.filter(({ attribute }) => attribute === relation).map(({ value }) => value))];
}
