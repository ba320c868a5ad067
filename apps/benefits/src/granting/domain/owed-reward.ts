/** A reward that cannot be granted for so long after it was earned is refused. */
const OWED_MS_MAX = 90 * 24 * 3_600_000;
const FIRST_PAUSE_MS = 1_000;
const PAUSE_MS_MAX = 15 * 60 * 1000;
const REQUEST_PREFIX = 'owed|';

/** What a customer may earn. */
export type Reward =
  | { kind: 'benefit'; stockId: string }
  /** `orgPath` promises them; they live to the end of the month so many months on, in the bank's zone. */
  | { kind: 'points'; points: number; validMonths: number; orgPath: string; timeZone: string };
export type RewardKind = Reward['kind'];

export type OwedState = 'owed' | 'granted' | 'refused';

/**
 * A reward that a customer has earned. It is stored in the transaction of the state that earned it and granted afterwards, so
 * that no crash between the two loses or doubles it.
 */
export interface OwedReward {
  /** Named by what earned it, so that the same reward is never owed twice. */
  rewardId: string;
  customerId: string;
  reward: Reward;
  /** The feature that owes it, e.g. fission. */
  cause: string;
  /** The programme, campaign, mission or point of that feature. */
  reference: string;
  state: OwedState;
  /** Why it was refused, or could not be granted so far. */
  reason: string;
  /** The granted benefit; empty for a reward that is none. */
  instanceId: string;
  attemptCount: number;
  nextAttemptAt: Date;
  createdAt: Date;
  settledAt: Date | null;
}

/** A reward just earned. */
export const oweReward = (
  terms: Pick<OwedReward, 'rewardId' | 'customerId' | 'reward' | 'cause' | 'reference'>,
  now: Date,
): OwedReward => ({
  ...terms,
  state: 'owed',
  reason: '',
  instanceId: '',
  attemptCount: 0,
  nextAttemptAt: now,
  createdAt: now,
  settledAt: null,
});

/** The request id a reward is granted under: the same for ever, so that a grant that was not noted down is found again. */
export const grantRequestId = ({ rewardId }: Pick<OwedReward, 'rewardId'>): string => `${REQUEST_PREFIX}${rewardId}`;

/** The reward that a request id grants; undefined for what is granted otherwise. */
export const grantedRewardId = (requestId: string): string | undefined =>
  requestId.startsWith(REQUEST_PREFIX) ? requestId.slice(REQUEST_PREFIX.length) : undefined;

/** How an attempt to grant a reward ended. */
export type GrantAttempt =
  | { outcome: 'granted'; instanceId: string }
  | { outcome: 'refused'; reason: string }
  /** `attemptCount` is that of the reward when the attempt began. */
  | { outcome: 'failed'; reason: string; attemptCount: number };

/**
 * The reward after an attempt: granted, refused for good, or tried again later at growing intervals, for ninety days. Null when another replica has
 * noted what came of it, or that it failed: attempts of several replicas at one moment are one. But what was granted reads so, whoever was refused
 * it meanwhile.
 */
export function settleAttempt(owed: OwedReward, attempt: GrantAttempt, now: Date): OwedReward | null {
  const isGrantUnnoted = attempt.outcome === 'granted' && owed.state === 'refused';
  if (owed.state !== 'owed' && !isGrantUnnoted) return null;
  const attemptCount = owed.attemptCount + 1;
  if (attempt.outcome === 'granted') {
    const { instanceId } = attempt;
    return { ...owed, state: 'granted', reason: '', instanceId, attemptCount, settledAt: now };
  }
  const { reason } = attempt;
  if (attempt.outcome === 'failed') {
    if (attempt.attemptCount !== owed.attemptCount) return null;
    const pauseMs = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** Math.min(attemptCount - 1, 20));
    const isTooOld = now.getTime() - owed.createdAt.getTime() >= OWED_MS_MAX;
    if (!isTooOld) return { ...owed, reason, attemptCount, nextAttemptAt: new Date(now.getTime() + pauseMs) };
  }
  return { ...owed, state: 'refused', reason, attemptCount, settledAt: now };
}
