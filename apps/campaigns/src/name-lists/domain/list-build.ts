import type { ListMember } from './list-member';
import { moved, type BuildProgress, type NameList } from './name-list';

/** Pauses between attempts at one page, growing, and how long they go on: a peer may be down, or a strategy paused, for days. */
const PAUSE_MS = { first: 500, max: 30_000 };
const PAUSE_DOUBLINGS_MAX = 16;
const GIVEN_UP_AFTER_MS = 7 * 86_400_000;

/** Of a build that goes on. */
export const NOT_WAITING = { failureCount: 0, failingSince: null, waitingFor: '' } satisfies Partial<BuildProgress>;

/** The list with one more page of members, in so many chunks; ready when it was the last. */
export function withPage(
  list: NameList,
  members: readonly Pick<ListMember, 'reason'>[],
  { nextPageToken, chunkCount }: { nextPageToken: string; chunkCount: number },
): NameList {
  const screenedCountByReason = { ...list.screenedCountByReason };
  let passedCount = list.passedCount;
  for (const { reason } of members) {
    if (reason === '') passedCount += 1;
    else screenedCountByReason[reason] = (screenedCountByReason[reason] ?? 0) + 1;
  }
  return {
    ...list,
    state: nextPageToken === '' ? moved(list, 'finish') : list.state,
    memberCount: list.memberCount + members.length,
    passedCount,
    screenedCountByReason,
    build: {
      ...list.build,
      pageCount: list.build.pageCount + 1,
      chunkCount: list.build.chunkCount + chunkCount,
      pageToken: nextPageToken,
      ...NOT_WAITING,
    },
  };
}

/** The list after a page failed: to be tried again after a growing pause, for days if need be, or given up. */
export function withFailedPage(list: NameList, reason: string, canRetry: boolean, now: Date): NameList {
  const failureCount = list.build.failureCount + 1;
  const failingSince = list.build.failingSince ?? now;
  const pauseMs = Math.min(PAUSE_MS.max, PAUSE_MS.first * 2 ** Math.min(failureCount - 1, PAUSE_DOUBLINGS_MAX));
  const build = { ...list.build, failureCount, failingSince, notBefore: new Date(now.getTime() + pauseMs) };
  const isGivenUp = !canRetry || now.getTime() - failingSince.getTime() >= GIVEN_UP_AFTER_MS;
  if (!isGivenUp) return { ...list, build: { ...build, waitingFor: reason } };
  return { ...list, state: moved(list, 'fail'), failureReason: reason, build: { ...build, waitingFor: '' } };
}
