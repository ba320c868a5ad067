import type { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { teamOfHold } from '../domain/capacity';
import { holdOf, type DecisionRecord } from '../domain/decision';

/** What is told of a decision's unit of people's time: where it is from now on, or that it holds none any more. */
export const toCapacityMoved = (decision: DecisionRecord, isReleased: boolean): CapacityMoved => ({
  decisionId: decision.decisionId,
  customerId: decision.customerId,
  queue: holdOf(decision).pools[0] ?? '',
  teamId: isReleased ? '' : teamOfHold(holdOf(decision)),
  capacitySlot: isReleased ? '' : decision.capacitySlot,
  promisedAt: isReleased ? undefined : (decision.promisedAt ?? undefined),
  isReleased,
  moveCount: decision.capacityMoveCount ?? 0,
});
