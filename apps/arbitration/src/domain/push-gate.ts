import type { Push } from './push';
import type { PlannedMember } from './push-plan';
import type { Stop } from './reason';
import type { Candidate } from './strategy';

/**
 * Whom a push keeps scarce capacity for. A selected member passes; the others take what selected members have left behind (a consent
 * withdrawn since the plan, say) and are OUTRANKED once the plan is full. A queue that had nothing to give is exhausted for all.
 */
export function pushGate(
  push: Pick<Push, 'plannedByQueue' | 'chosenByQueue'>,
  member: Pick<PlannedMember, 'isSelected'>,
): (candidate: Candidate) => Stop | null {
  return ({ treatment: { queue } }) => {
    if (queue === '') return null;
    const planned = push.plannedByQueue?.[queue] ?? 0;
    if (planned === 0) return 'CAPACITY_EXHAUSTED';
    if (member.isSelected) return null;
    return (push.chosenByQueue[queue] ?? 0) < planned ? null : 'OUTRANKED';
  };
}
