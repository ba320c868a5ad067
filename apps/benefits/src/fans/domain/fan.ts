import { refused } from '@tidegate/errors';
import { isAtOrBelow } from '@tidegate/org-path';
import { requestIdReused } from '../../domain/claim';

export const TARGET_KINDS = ['outlet', 'store'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

/** What can be followed. */
export interface TargetRef {
  kind: TargetKind;
  targetId: string;
}

/** An outlet or store that can be followed. */
export interface FanTarget extends TargetRef {
  name: string;
  orgPath: string;
  /** A day of its growth is the calendar day of this zone. */
  timeZone: string;
  createdAt: Date;
}

/** Requests of one customer that are remembered, so that a late repeat of an old one changes nothing. */
const REQUESTS_HELD_MAX = 20;
/** Days of activity that are remembered; what comes later for an older one is not counted again. */
const DAYS_HELD_MAX = 40;

/** A customer and a target he follows or followed. */
export interface Fan extends TargetRef {
  customerId: string;
  isFollowing: boolean;
  source: string;
  followedAt: Date;
  unfollowedAt: Date | null;
  /** Days he was active at the target, ascending; the newest of them only. */
  activeDays: string[];
  requests: HeardRequest[];
  /** Of an earlier version, which did not keep what each asked for. */
  requestIds?: string[];
}

/** A request that was heard, and what it asked for. */
interface HeardRequest {
  requestId: string;
  isFollowing: boolean;
}

/** What one calendar day did to a target's fans. */
export interface FanDay {
  day: string;
  followedCount: number;
  unfollowedCount: number;
  activeCount: number;
  /** At the end of the day. */
  fanCount: number;
}

export const emptyDay = (day: string, fanCount: number): FanDay => ({
  day,
  followedCount: 0,
  unfollowedCount: 0,
  activeCount: 0,
  fanCount,
});

/** A customer's wish to begin or end following. */
export interface FollowCommand extends TargetRef {
  requestId: string;
  customerId: string;
  isFollowing: boolean;
  source: string;
}

/**
 * The fan after a wish, and by how many the target's fans grew: 1, -1 or 0 for a wish that was true or heard before.
 * @throws REQUEST_ID_REUSED when the request was heard with the opposite wish
 */
export function follow(held: Fan | undefined, command: FollowCommand, now: Date): { fan: Fan; growth: number } {
  const { requestId, kind, targetId, customerId, isFollowing, source } = command;
  const fresh: Fan = {
    kind,
    targetId,
    customerId,
    isFollowing: false,
    source,
    followedAt: now,
    unfollowedAt: null,
    activeDays: [],
    requests: [],
  };
  const fan = held ?? fresh;
  const heard = fan.requests.find((each) => each.requestId === requestId);
  if (heard && heard.isFollowing !== isFollowing) throw requestIdReused(requestId);
  if (heard || fan.requestIds?.includes(requestId)) return { fan, growth: 0 };
  const noted = { ...fan, requests: [...fan.requests, { requestId, isFollowing }].slice(-REQUESTS_HELD_MAX) };
  if (fan.isFollowing === isFollowing) return { fan: noted, growth: 0 };
  return isFollowing
    ? { fan: { ...noted, isFollowing, source, followedAt: now, unfollowedAt: null }, growth: 1 }
    : { fan: { ...noted, isFollowing, unfollowedAt: now }, growth: -1 };
}

/** Notes a day of activity; undefined when it is known, or too long ago to tell. */
export function noteActive(fan: Fan, day: string): Fan | undefined {
  const isForgotten = fan.activeDays.length >= DAYS_HELD_MAX && day < (fan.activeDays[0] ?? '');
  if (!fan.isFollowing || fan.activeDays.includes(day) || isForgotten) return undefined;
  return { ...fan, activeDays: [...fan.activeDays, day].sort().slice(-DAYS_HELD_MAX) };
}

/** Every day from one to another, with the days on which nothing happened carrying the count on. */
export function growthOf(days: readonly string[], known: ReadonlyMap<string, FanDay>, countBefore: number): FanDay[] {
  let fanCount = countBefore;
  return days.map((day) => {
    const held = known.get(day);
    // A day of activity alone was written without a move of the count.
    if (held && (held.followedCount > 0 || held.unfollowedCount > 0)) fanCount = held.fanCount;
    return { ...(held ?? emptyDay(day, fanCount)), fanCount };
  });
}

/**
 * An outlet lies within the organisation that its fans belong to, by its path.
 * @throws TARGET_NOT_OF_ORG
 */
export function requireOwnOutlet({ kind, targetId, orgPath }: Pick<FanTarget, 'kind' | 'targetId' | 'orgPath'>): void {
  if (kind !== 'outlet' || isAtOrBelow(targetId, orgPath)) return;
  throw refused('TARGET_NOT_OF_ORG', 'This outlet does not lie within that organisation.', { targetId, orgPath });
}

/**
 * A target's fans belong to its organisation, and its days to its zone. A store may be put under another organisation: its merchant's after he moved.
 * @throws TARGET_ORG_FIXED
 */
export function changeTarget(held: FanTarget, next: Omit<FanTarget, 'createdAt'>): FanTarget {
  const isMoved = held.kind === 'outlet' && held.orgPath !== next.orgPath;
  if (isMoved || held.timeZone !== next.timeZone) {
    throw refused('TARGET_ORG_FIXED', 'A target keeps its zone, and an outlet its organisation.');
  }
  return { ...held, name: next.name, orgPath: next.orgPath };
}
