import { distanceMetres, type Place } from '@tidegate/geo';
import { localDay } from '../../domain/stock';
import type { HuntPoint, HuntTerms } from './hunt';

/** Clocks of phones and ours may differ by this much. */
const CLOCK_SKEW_MS = 5_000;
/** Two attempts closer in time are taken for this far apart, so that the spread of two fixes is no journey. */
const STEP_SECONDS_MIN = 1;

/** Where a phone says it is. */
export interface HuntPosition extends Place {
  accuracyMetres: number;
  measuredAt: Date;
  /** The phone's own word. */
  isMocked: boolean;
}

/** The last place that a customer, under one of his profiles, was believed to be at, in any hunt, by our clock. */
export interface SeenAt extends Place {
  accuracyMetres: number;
  at: Date;
}

/** What a customer has found in a hunt. */
export interface HuntProgress {
  huntId: string;
  customerId: string;
  found: { pointId: string; foundAt: Date }[];
  /** Calendar day that `dayCount` belongs to. */
  day: string;
  dayCount: number;
}

export const emptyProgress = (huntId: string, customerId: string): HuntProgress => ({
  huntId,
  customerId,
  found: [],
  day: '',
  dayCount: 0,
});

/** Points found on the calendar day of a moment, or on the next one when a clock that is ahead has begun it. */
export const foundToday = ({ day, dayCount }: HuntProgress, timeZone: string, now: Date): number =>
  day >= localDay(now, timeZone) ? dayCount : 0;

/** The same of several profiles of a person together. */
export const foundTodayTogether = (all: readonly HuntProgress[], timeZone: string, now: Date): number =>
  all.reduce((sum, each) => sum + foundToday(each, timeZone, now), 0);

export const HUNT_REFUSALS = {
  CHALLENGE_USED: 'The challenge was used.',
  POSITION_MOCKED: 'The position was made by a mock provider.',
  POSITION_STALE: 'The position was not measured just now.',
  POSITION_INACCURATE: 'The position is not accurate enough.',
  SPEED_IMPLAUSIBLE: 'Nobody gets here so fast.',
  TOO_FAR: 'The point is not near enough.',
  POINT_CLAIMED_ALREADY: 'This customer has found this point.',
  DAILY_LIMIT_REACHED: 'This customer has found as many points today as he may.',
  POINT_EXHAUSTED: 'This point has been found as often as it can be.',
} as const;
export type HuntRefusal = keyof typeof HUNT_REFUSALS;

/** Everything an attempt is judged by. */
export interface AttemptState {
  terms: HuntTerms;
  point: HuntPoint;
  /** How often the point was found by all together. */
  foundCount: number;
  progress: HuntProgress;
  /** Of the person's other profiles: what they found is found. */
  others: readonly HuntProgress[];
  /** Where the person was last, under each of his profiles: he has come from all of these. */
  seen: readonly SeenAt[];
  /** When the challenge was issued: a position from before was recorded for another one. */
  challengedAt: Date;
  isChallengeUsed: boolean;
}

/** What an attempt comes to. A refusal is a result, because it is kept: as evidence, and against replay. */
export interface AttemptResult {
  /** Empty when the point was found. */
  reason: HuntRefusal | '';
  distanceMetres: number;
  progress: HuntProgress;
  /** Where he is; null when the position was not believed. */
  seen: SeenAt | null;
}

/** Judges one attempt to find a point: first whether the position is believed, then whether it is near, then the limits. */
export function attemptPoint(state: AttemptState, position: HuntPosition, now: Date): AttemptResult {
  const { point, progress } = state;
  const distance = distanceMetres(position, point);
  const disbelief = disbelieve(state, position, now);
  if (disbelief) return { reason: disbelief, distanceMetres: distance, progress, seen: null };
  const { longitude, latitude, accuracyMetres } = position;
  const seen: SeenAt = { longitude, latitude, accuracyMetres, at: now };
  const reason = refuse(state, distance, now);
  if (reason) return { reason, distanceMetres: distance, progress, seen };
  const { timeZone } = state.terms;
  const day = localDay(now, timeZone);
  const next: HuntProgress = {
    ...progress,
    found: [...progress.found, { pointId: point.pointId, foundAt: now }],
    day: progress.day > day ? progress.day : day,
    dayCount: foundToday(progress, timeZone, now) + 1,
  };
  return { reason: '', distanceMetres: distance, progress: next, seen };
}

function disbelieve(state: AttemptState, position: HuntPosition, now: Date): HuntRefusal | undefined {
  const { terms, challengedAt, isChallengeUsed, seen } = state;
  if (isChallengeUsed) return 'CHALLENGE_USED';
  if (position.isMocked) return 'POSITION_MOCKED';
  const measuredMs = position.measuredAt.getTime();
  const oldestMs = Math.max(now.getTime() - terms.positionAgeSecondsMax * 1000, challengedAt.getTime() - CLOCK_SKEW_MS);
  if (measuredMs < oldestMs || measuredMs > now.getTime() + CLOCK_SKEW_MS) return 'POSITION_STALE';
  // No receiver is exact: a spread of nothing was typed in.
  if (position.accuracyMetres <= 0 || position.accuracyMetres > terms.accuracyMetresMax) return 'POSITION_INACCURATE';
  return seen.some((each) => isTooFast(each, position, terms, now)) ? 'SPEED_IMPLAUSIBLE' : undefined;
}

/** By our clock, not the phone's; the spread of both positions is granted. */
function isTooFast(from: SeenAt, position: HuntPosition, terms: HuntTerms, now: Date): boolean {
  const seconds = Math.max(STEP_SECONDS_MIN, (now.getTime() - from.at.getTime()) / 1000);
  const metres = distanceMetres(from, position) - from.accuracyMetres - position.accuracyMetres;
  return metres / seconds > terms.speedMetresPerSecondMax;
}

function refuse(
  { terms, point, foundCount, progress, others }: AttemptState,
  distance: number,
  now: Date,
): HuntRefusal | undefined {
  if (distance > point.radiusMetres) return 'TOO_FAR';
  const all = [progress, ...others];
  if (all.some(({ found }) => found.some(({ pointId }) => pointId === point.pointId))) return 'POINT_CLAIMED_ALREADY';
  const dayMax = terms.foundMaxPerCustomerPerDay;
  if (dayMax > 0 && foundTodayTogether(all, terms.timeZone, now) >= dayMax) return 'DAILY_LIMIT_REACHED';
  return point.foundMax > 0 && foundCount >= point.foundMax ? 'POINT_EXHAUSTED' : undefined;
}
