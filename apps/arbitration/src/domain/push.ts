import { DomainError, refused } from '@tidegate/errors';

export type PushState = 'receiving' | 'running' | 'completed' | 'failed' | 'cancelled';

/** A name list on its way through arbitration. */
export interface Push {
  pushId: string;
  strategyId: string;
  listId: string;
  capacitySlot: string;
  state: PushState;
  /** Sequence of the chunk that is expected next. */
  nextSequence: number;
  memberCount: number;
  decidedCount: number;
  chosenCount: number;
  countByReason: Record<string, number>;
  /** Units that each queue may get from this push, fixed by the plan; null until planned. */
  plannedByQueue: Record<string, number> | null;
  chosenByQueue: Record<string, number>;
  /** Entries of the plan that are decided. */
  cursor: number;
  failureReason: string;
  startedAt: Date;
  finishedAt: Date | null;
}

export const MEMBERS_PER_CHUNK_MAX = 5_000;
export const MEMBERS_MAX = 200_000;

export const startPush = (push: Pick<Push, 'pushId' | 'strategyId' | 'listId' | 'capacitySlot'>, now: Date): Push => ({
  ...push,
  state: 'receiving',
  nextSequence: 0,
  memberCount: 0,
  decidedCount: 0,
  chosenCount: 0,
  countByReason: {},
  plannedByQueue: null,
  chosenByQueue: {},
  cursor: 0,
  failureReason: '',
  startedAt: now,
  finishedAt: null,
});

/**
 * Takes a chunk of members in. Returns null when it was taken before.
 * @throws PUSH_STARTED when the members are complete, PUSH_CHUNK_OUT_OF_ORDER when one before it is missing, PUSH_TOO_LARGE
 */
export function appendChunk(push: Push, chunk: { sequence: number; count: number; isLast: boolean }): Push | null {
  if (chunk.sequence < push.nextSequence) return null;
  if (push.state !== 'receiving') throw refused('PUSH_STARTED', 'The members of this push are already complete.');
  if (chunk.sequence > push.nextSequence) {
    throw refused('PUSH_CHUNK_OUT_OF_ORDER', `Chunk ${push.nextSequence} is expected next.`, {
      nextSequence: String(push.nextSequence),
    });
  }
  const memberCount = push.memberCount + chunk.count;
  if (memberCount > MEMBERS_MAX) {
    throw new DomainError({
      code: 'OUT_OF_RANGE',
      reason: 'PUSH_TOO_LARGE',
      message: `A push has at most ${MEMBERS_MAX} members.`,
    });
  }
  return { ...push, memberCount, nextSequence: chunk.sequence + 1, state: chunk.isLast ? 'running' : 'receiving' };
}

export const isFinished = (push: Push): boolean => push.state !== 'receiving' && push.state !== 'running';

/** @throws PUSH_FINISHED */
export function cancelPush(push: Push, now: Date): Push {
  if (push.state === 'cancelled') return push;
  if (isFinished(push)) throw refused('PUSH_FINISHED', `The push is already ${push.state}.`);
  return { ...push, state: 'cancelled', finishedAt: now };
}

/** One member's decision in a batch, for the push's counters. */
export interface DecidedMember {
  reason: string;
  /** Of what was chosen; empty for a digital channel or when nothing was. */
  queue: string;
}

/** Counts a batch of decided members. */
export function countDecided(push: Push, members: readonly DecidedMember[]): Push {
  const countByReason = { ...push.countByReason };
  const chosenByQueue = { ...push.chosenByQueue };
  let chosenCount = push.chosenCount;
  for (const { reason, queue } of members) {
    countByReason[reason] = (countByReason[reason] ?? 0) + 1;
    if (reason !== 'CHOSEN') continue;
    chosenCount += 1;
    if (queue !== '') chosenByQueue[queue] = (chosenByQueue[queue] ?? 0) + 1;
  }
  return { ...push, countByReason, chosenByQueue, chosenCount, decidedCount: push.decidedCount + members.length };
}
