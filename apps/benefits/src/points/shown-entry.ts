import type * as rpc from '@tidegate/contracts/benefits/v1/points';
import type { Actor } from '@tidegate/observability';
import type { PointsEntry } from './domain/points-entry';

/** An entry as it is told; why and by whom points were taken back is not for customers. */
export function shownEntry(entry: PointsEntry, to?: Pick<Actor, 'kind'>): rpc.PointsEntry {
  const { takenBack } = entry;
  const isShown = takenBack && to?.kind !== 'customer';
  // Field by field: a copy of all of them takes several times as long.
  return {
    entryId: entry.entryId,
    customerId: entry.customerId,
    kind: entry.kind,
    points: entry.points,
    balanceAfter: entry.balanceAfter,
    reference: entry.reference,
    awards: entry.awards,
    occurredAt: entry.occurredAt,
    bookedAt: entry.bookedAt,
    shortPoints: takenBack?.shortPoints ?? 0,
    reason: isShown ? takenBack.reason : '',
    actorId: isShown ? takenBack.actorId : '',
  };
}
