import { NameListMembersMoved, type MovedMember } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { event, type OutgoingEvent } from '@tidegate/mongo';
import type { NameList } from '../domain/name-list';

/** Of one event: it stays far below what the broker takes. */
const MOVED_MAX = 1_000;

/** The events that tell who has whom now. */
export function movesOf(list: NameList, moved: readonly MovedMember[], movedAt: Date): OutgoingEvent[] {
  const { listId, strategyId, orgPath } = list;
  return Array.from({ length: Math.ceil(moved.length / MOVED_MAX) }, (_, i) => {
    const part = moved.slice(i * MOVED_MAX, (i + 1) * MOVED_MAX);
    return event(NameListMembersMoved, listId, { listId, strategyId, orgPath, moved: part, movedAt });
  });
}
