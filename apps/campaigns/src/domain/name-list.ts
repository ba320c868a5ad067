import { refused } from '@tidegate/errors';

export const NAME_LIST_STATES = ['building', 'ready', 'dispatched', 'failed', 'cancelled'] as const;
export type NameListState = (typeof NAME_LIST_STATES)[number];
export type NameListMove = 'finish' | 'fail' | 'cancel' | 'dispatch';

/** The one table of allowed moves. */
const NEXT: Record<NameListState, Partial<Record<NameListMove, NameListState>>> = {
  building: { finish: 'ready', fail: 'failed', cancel: 'cancelled' },
  ready: { dispatch: 'dispatched' },
  dispatched: {},
  failed: {},
  cancelled: {},
};

/** A name list 名单: a segment's members at one time, screened. */
export interface NameList {
  listId: string;
  strategyId: string;
  name: string;
  segmentId: string;
  orgPath: string;
  state: NameListState;
  memberCount: number;
  passedCount: number;
  screenedCountByReason: Record<string, number>;
  pushId: string;
  failureReason: string;
  createdAt: Date;
  build: BuildProgress;
  /** Set once a dispatch has begun; it is finished even if the process that began it is gone. */
  dispatch: DispatchOrder | null;
}

export interface DispatchOrder {
  requestId: string;
  /** Empty for the current one. */
  capacitySlot: string;
}

/** Where the build stands; written together with the members it tells of. */
export interface BuildProgress {
  /** Pages stored so far: the guard against two builders. */
  pageCount: number;
  /** Token of the next page of the segment. */
  pageToken: string;
  /** Attempts at the next page that failed. */
  failureCount: number;
  /** The next attempt waits until then. */
  notBefore: Date;
}

export interface NameListMember {
  customerId: string;
  externalId: string;
  /** Reason code of why the customer was screened out; empty when passed. */
  reason: string;
}

/** Attempts at one page, with growing pauses between them, before a build is given up. */
const PAGE_ATTEMPTS_MAX = 8;
const PAUSE_MS = { first: 500, max: 30_000 };

/** Whether something is left to do in the background. */
export const isUnfinished = (list: NameList): boolean =>
  list.state === 'building' || (list.state === 'ready' && list.dispatch !== null);

/** Longer than a page or a chunk may take: who works on a list and is silent for so long is taken for dead. */
export const HOLD_MS = 90_000;

/** The state after a move; null when the table has none. */
export const nameListStateAfter = (state: NameListState, move: NameListMove): NameListState | null =>
  NEXT[state][move] ?? null;

export function startNameList(
  id: Pick<NameList, 'listId' | 'strategyId' | 'name' | 'segmentId' | 'orgPath'>,
  now: Date,
): NameList {
  return {
    ...id,
    state: 'building',
    memberCount: 0,
    passedCount: 0,
    screenedCountByReason: {},
    pushId: '',
    failureReason: '',
    createdAt: now,
    build: { pageCount: 0, pageToken: '', failureCount: 0, notBefore: now },
    dispatch: null,
  };
}

/** The list with one more page of members; ready when it was the last. */
export function withPage(list: NameList, members: readonly NameListMember[], nextPageToken: string): NameList {
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
    build: { ...list.build, pageCount: list.build.pageCount + 1, pageToken: nextPageToken, failureCount: 0 },
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

/** Stops a build; a list cancelled before stays so. @throws NAME_LIST_FINISHED */
export function cancelNameList(list: NameList): NameList {
  if (list.state === 'cancelled') return list;
  const state = nameListStateAfter(list.state, 'cancel');
  if (state === null) {
    throw refused('NAME_LIST_FINISHED', `A list that is ${list.state} cannot be cancelled.`, { state: list.state });
  }
  return { ...list, state };
}

/**
 * Begins a dispatch, or goes on with the one that was begun for the same slot. The same request again after the end changes nothing.
 * @throws NAME_LIST_NOT_READY
 */
export function beginDispatch(list: NameList, order: DispatchOrder): NameList {
  const { dispatch } = list;
  const isSameSlot = dispatch?.capacitySlot === order.capacitySlot;
  if (list.state === 'dispatched' && isSameSlot && dispatch?.requestId === order.requestId) return list;
  if (nameListStateAfter(list.state, 'dispatch') === null || (dispatch !== null && !isSameSlot)) throw notReady(list);
  return { ...list, dispatch: dispatch ?? order };
}

/** Takes back a dispatch that was refused as a whole, so that another can be begun. */
export const abandonDispatch = (list: NameList): NameList =>
  list.state === 'ready' ? { ...list, dispatch: null } : list;

/** The list once all its passed members are handed over. @throws NAME_LIST_NOT_READY */
export function finishDispatch(list: NameList, pushId: string): NameList {
  const state = nameListStateAfter(list.state, 'dispatch');
  if (state === null) throw notReady(list);
  return { ...list, state, pushId };
}

const notReady = (list: NameList): Error =>
  refused(
    'NAME_LIST_NOT_READY',
    'Only a list that is ready, and not being dispatched for another slot, is dispatched.',
    {
      state: list.state,
    },
  );

function moved(list: NameList, move: NameListMove): NameListState {
  const state = nameListStateAfter(list.state, move);
  if (state === null) throw new Error(`a list that is ${list.state} has no move ${move}`);
  return state;
}

/** Whether arbitration decides about a member: those who passed, and the control group 对照组, recorded without a contact. */
export const isHandedOver = (reason: string): boolean => reason === '' || reason.startsWith('HOLDOUT_');
