import type { ListMember } from './list-member';
import { moved, type NameList } from './name-list';

/** Attempts at one page, with growing pauses between them, before a build is given up. */
const PAGE_ATTEMPTS_MAX = 8;
const PAUSE_MS = { first: 500, max: 30_000 };

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
      failureCount: 0,
    },
  };
}

/** The list after a page failed: to be tried again after a growing pause, or given up. */
export function withFailedPage(list: NameList, reason: string, canRetry: boolean, now: Date): NameList {
  const failureCount = list.build.failureCount + 1;
  const pauseMs = Math.min(PAUSE_MS.max, PAUSE_MS.first * 2 ** (failureCount - 1));
  const build = { ...list.build, failureCount, notBefore: new Date(now.getTime() + pauseMs) };
  if (canRetry && failureCount < PAGE_ATTEMPTS_MAX) return { ...list, build };
  return { ...list, state: moved(list, 'fail'), failureReason: reason, build };
}
