import { DomainError, refused } from '@tidegate/errors';
import type { PushPlan } from './push-plan';
import type { LimitLine, PushTerms } from './push-terms';

export type PushState = 'receiving' | 'running' | 'completed' | 'failed' | 'cancelled';

/** What a running push is at: prices from a sample, everyone through the rules, the plan, the decisions. */
export type PushStage = 'pricing' | 'scoring' | 'allocating' | 'deciding';

/** Where the decisions of a push stand: the next member of a block, in one of the plan's rounds. */
export interface PushPosition {
  round: number;
  block: number;
  member: number;
}

/** A name list on its way through arbitration. */
export interface Push {
  pushId: string;
  strategyId: string;
  listId: string;
  /** Whose it is; absent in pushes of before lists had their own: the strategy's. */
  orgPath?: string;
  capacitySlot: string;
  /** Days beyond today that its decisions may be promised for; absent in pushes of before there were any. */
  horizonDays?: number;
  terms: PushTerms;
  state: PushState;
  stage: PushStage;
  /** Sequence of the chunk that is expected next; of a running push the count of its blocks. */
  nextSequence: number;
  /** Without doubles as far as they were found, while scoring. */
  memberCount: number;
  /** Doubles that are left out of `memberCount`; absent for none, and in pushes of before they were counted. */
  doubleCount?: number;
  /** Names of the candidates that shortlists and plan count by. */
  candidateKeys: string[];
  /** Of the ledger's limits, found on the sample; the shortlists were made at them. */
  prices: number[];
  ledger: LimitLine[];
  scoredBlocks: number;
  scoredCount: number;
  plan: PushPlan | null;
  position: PushPosition;
  decidedCount: number;
  chosenCount: number;
  countByReason: Record<string, number>;
  failureReason: string;
  startedAt: Date;
  finishedAt: Date | null;
}

/** A push as it is read. */
export interface SeenPush extends Push {
  /** It runs, and its strategy is waited for. */
  isWaiting: boolean;
}

const DAY_MS = 86_400_000;
export const MEMBERS_PER_CHUNK_MAX = 5_000;
export const MEMBERS_MAX = 1_000_000;

export const startPush = (
  push: Pick<Push, 'pushId' | 'strategyId' | 'listId' | 'orgPath' | 'capacitySlot' | 'horizonDays' | 'terms'>,
  now: Date,
): Push => ({
  ...push,
  state: 'receiving',
  stage: 'pricing',
  nextSequence: 0,
  memberCount: 0,
  ...UNPRICED,
  plan: null,
  position: { round: 0, block: 0, member: 0 },
  decidedCount: 0,
  chosenCount: 0,
  countByReason: {},
  failureReason: '',
  startedAt: now,
  finishedAt: null,
});

const UNPRICED = { candidateKeys: [], prices: [], ledger: [], scoredBlocks: 0, scoredCount: 0 };

/** Begins the scoring of a push at the prices that its sample gave. Doubles that were found before are found again. */
export const pricePush = (push: Push, priced: Pick<Push, 'candidateKeys' | 'prices' | 'ledger'>): Push => ({
  ...push,
  ...priced,
  stage: 'scoring',
  memberCount: push.memberCount + doublesOf(push),
  doubleCount: 0,
  scoredBlocks: 0,
  scoredCount: 0,
});

/** Counts a block of scored members; `doubles` had come in an earlier one. */
export function countScored(push: Push, { members, doubles }: { members: number; doubles: number }): Push {
  const scoredBlocks = push.scoredBlocks + 1;
  return {
    ...push,
    scoredBlocks,
    scoredCount: push.scoredCount + members,
    memberCount: push.memberCount - doubles,
    doubleCount: doublesOf(push) + doubles,
    stage: scoredBlocks === push.nextSequence ? 'allocating' : 'scoring',
  };
}

const doublesOf = ({ doubleCount = 0 }: Push): number => doubleCount;

export const planPush = (push: Push, plan: PushPlan): Push => ({ ...push, plan, stage: 'deciding' });

/** Takes the next chunk of members in. @throws PUSH_TOO_LARGE */
export function appendChunk(push: Push, chunk: { count: number; isLast: boolean }): Push {
  const memberCount = push.memberCount + chunk.count;
  if (memberCount > MEMBERS_MAX) {
    throw new DomainError({
      code: 'OUT_OF_RANGE',
      reason: 'PUSH_TOO_LARGE',
      message: `A push has at most ${MEMBERS_MAX} members.`,
    });
  }
  return { ...push, memberCount, nextSequence: push.nextSequence + 1, state: chunk.isLast ? 'running' : 'receiving' };
}

export const FINISHED_STATES = ['completed', 'failed', 'cancelled'] as const satisfies readonly PushState[];

export const isFinished = (push: Push): boolean => push.state !== 'receiving' && push.state !== 'running';

/** A push is given up when not all its members have come so many days after it was opened. */
export const RECEIVING_DAYS_MAX = 7;

/** Ends a push whose members have stopped coming; the same one when it waits for none, or may wait on. */
export const giveUpIncomplete = (push: Push, now: Date): Push =>
  push.state === 'receiving' && push.startedAt < receivingSince(now)
    ? { ...push, state: 'failed', failureReason: 'PUSH_INCOMPLETE', finishedAt: now }
    : push;

/** Pushes that were opened before have waited too long. */
export const receivingSince = (now: Date): Date => new Date(now.getTime() - RECEIVING_DAYS_MAX * DAY_MS);

/** @throws PUSH_FINISHED */
export function cancelPush(push: Push, now: Date): Push {
  if (push.state === 'cancelled') return push;
  if (isFinished(push)) throw refused('PUSH_FINISHED', `The push is already ${push.state}.`);
  return { ...push, state: 'cancelled', finishedAt: now };
}

/** Counts a batch of decided members, by reason, and moves on to the position after them. */
export function countDecided(
  push: Push,
  reasons: readonly string[],
  next: { position: PushPosition; used: Float64Array; kept: Float64Array },
): Push {
  const countByReason = { ...push.countByReason };
  for (const reason of reasons) countByReason[reason] = (countByReason[reason] ?? 0) + 1;
  return {
    ...push,
    position: next.position,
    plan: push.plan && { ...push.plan, kept: [...next.kept] },
    ledger: push.ledger.map((line, limit) => ({ ...line, used: next.used[limit] ?? line.used })),
    countByReason,
    chosenCount: push.chosenCount + reasons.filter((reason) => reason === 'CHOSEN').length,
    decidedCount: push.decidedCount + reasons.length,
  };
}
