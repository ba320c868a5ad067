import { refused } from '@tidegate/errors';
import { OWNER_ATTRIBUTE } from './list-member';

export const NAME_LIST_STATES = [
  'receiving',
  'building',
  'ready',
  'handed_down',
  'dispatched',
  'closed',
  'failed',
  'cancelled',
] as const;
export type NameListState = (typeof NAME_LIST_STATES)[number];
export type NameListMove = 'receive' | 'finish' | 'fail' | 'cancel' | 'hand_down' | 'dispatch' | 'close';

/** The one table of allowed moves. */
const NEXT: Record<NameListState, Partial<Record<NameListMove, NameListState>>> = {
  receiving: { receive: 'building', cancel: 'cancelled' },
  building: { finish: 'ready', fail: 'failed', cancel: 'cancelled' },
  ready: { dispatch: 'dispatched', hand_down: 'handed_down', close: 'closed' },
  handed_down: {},
  dispatched: { close: 'closed' },
  closed: {},
  failed: {},
  cancelled: {},
};

/** Where a list's members come from: a segment, a file, or a list of the organisation above. */
export const NAME_LIST_SOURCES = ['segment', 'csv', 'hand_down'] as const;
export type NameListSource = (typeof NAME_LIST_SOURCES)[number];

/** A name list 名单: a segment's or a file's members at one time, screened. */
export interface NameList {
  listId: string;
  strategyId: string;
  name: string;
  segmentId: string;
  orgPath: string;
  source: NameListSource;
  /** The list it was handed down from; empty for none. */
  parentListId: string;
  /** Customer attributes frozen with each member; the owner's is the first. */
  relationAttributes: string[];
  state: NameListState;
  memberCount: number;
  /** Estimate of the member count while it is built; 0 when not known. */
  expectedCount: number;
  passedCount: number;
  screenedCountByReason: Record<string, number>;
  pushId: string;
  failureReason: string;
  createdAt: Date;
  build: BuildProgress;
  /** Of a file; null for lists of other sources. */
  upload: UploadProgress | null;
  /** What goes on in the background after the build. */
  job: ListJob | null;
  isSplit: boolean;
  /** Passed members that somebody has. */
  placedCount: number;
  /** Set once a dispatch has begun; it is finished even if the process that began it is gone. */
  dispatch: DispatchOrder | null;
  /** Dispatches taken back so far: the next is a push of its own. Absent for none. */
  abandonedCount?: number;
  dispatchedAt: Date | null;
  /** When the untouched are looked for next; null for never. */
  nextAdjustmentAt: Date | null;
}

/** Work on a whole list in the background, chunk by chunk, in passes. */
export interface ListJob {
  kind: 'split' | 'adjust' | 'hand_down' | 'push';
  /** Tells one job of a list from another. */
  jobId: string;
  /** Whether it has what it needs: its teams to itself, or its lists below made. */
  isBegun: boolean;
  passCount: number;
  pass: number;
  /** Next chunk of the pass. */
  chunk: number;
  /** Of a push: members who were given to somebody else from then on. */
  since?: Date;
  /** Why it goes on no earlier than then; absent where it does not wait. */
  waitingFor?: string;
  notBefore?: Date;
}

export interface DispatchOrder {
  requestId: string;
  /** Empty for the current one. */
  capacitySlot: string;
  /** Days after today that a list longer than a day goes on to; none when absent. */
  horizonDays?: number;
  /** Contacts count from then on: the first members have their leads before the last are handed over. Absent in lists dispatched earlier. */
  begunAt?: Date;
}

/** Where the build stands; written together with the members it tells of. */
export interface BuildProgress {
  /** Pages stored so far: the guard against two builders. */
  pageCount: number;
  /** Chunks of members stored so far. */
  chunkCount: number;
  /** Token of the next page of the source. */
  pageToken: string;
  /** Attempts at the next page that failed. */
  failureCount: number;
  /** When the first of them failed, and why the last did; absent in builds that began earlier. */
  failingSince?: Date | null;
  waitingFor?: string;
  /** The next attempt waits until then. */
  notBefore: Date;
}

/** How far a file is received and read. */
export interface UploadProgress {
  /** Pieces received. */
  pieceCount: number;
  byteCount: number;
  /** Data lines read, refused ones included. */
  lineCount: number;
  refusedCount: number;
  /** Parts that rows are sorted into, by customer, and how often each was added to. */
  bucketCount: number;
  batchCount: number;
  isRead: boolean;
}

/** Longer than a page or a chunk may take: who works on a list and is silent for so long is taken for dead. */
export const HOLD_MS = 90_000;

/** Whether something is left to do in the background; a list that is handed down is built by the work on the one above. */
export const isUnfinished = (list: NameList): boolean =>
  (list.state === 'building' && list.source !== 'hand_down') ||
  (list.state === 'ready' && list.dispatch !== null) ||
  list.job !== null;

/** Whether what is left to do may be tried now. */
export const isDue = ({ state, build, job }: NameList, now: Date): boolean =>
  (state !== 'building' || build.notBefore <= now) && (job?.notBefore === undefined || job.notBefore <= now);

/** Reason code of what the work in the background waits for; empty where it goes on, or there is none. */
export const waitingForOf = ({ state, build, job }: NameList): string =>
  (state === 'building' ? build.waitingFor : job?.waitingFor) ?? '';

/** The state after a move; null when the table has none. */
export const nameListStateAfter = (state: NameListState, move: NameListMove): NameListState | null =>
  NEXT[state][move] ?? null;

type NameListStart = Pick<NameList, 'listId' | 'strategyId' | 'name' | 'segmentId' | 'orgPath'> &
  Partial<Pick<NameList, 'source' | 'parentListId' | 'relationAttributes' | 'expectedCount'>>;

export function startNameList(start: NameListStart, now: Date): NameList {
  const { source = 'segment', parentListId = '', relationAttributes = [], expectedCount = 0 } = start;
  return {
    ...start,
    source,
    parentListId,
    relationAttributes: [...new Set([OWNER_ATTRIBUTE, ...relationAttributes])],
    expectedCount,
    state: source === 'csv' ? 'receiving' : 'building',
    memberCount: 0,
    passedCount: 0,
    screenedCountByReason: {},
    pushId: '',
    failureReason: '',
    createdAt: now,
    build: { pageCount: 0, chunkCount: 0, pageToken: '', failureCount: 0, notBefore: now },
    upload: source === 'csv' ? NO_UPLOAD : null,
    job: null,
    isSplit: false,
    placedCount: 0,
    dispatch: null,
    dispatchedAt: null,
    nextAdjustmentAt: null,
  };
}

/** Of a file of which nothing was received yet. */
export const NO_UPLOAD: UploadProgress = {
  pieceCount: 0,
  byteCount: 0,
  lineCount: 0,
  refusedCount: 0,
  bucketCount: 1,
  batchCount: 0,
  isRead: false,
};

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
 * Ends the work on a list, a push that waits with it; one that is not dispatched never will be. One that is closed stays so.
 * @throws NAME_LIST_NOT_DISPATCHED, NAME_LIST_BUSY
 */
export function closeNameList(list: NameList): NameList {
  if (list.state === 'closed') return list;
  const state = nameListStateAfter(list.state, 'close');
  if (state === null) throw notDispatched(list);
  const isBeingDispatched = list.state === 'ready' && list.dispatch !== null;
  if (isBeingDispatched || (list.job !== null && list.job.kind !== 'push')) throw busy(list);
  return { ...list, state, job: null, nextAdjustmentAt: null };
}

/** Its members no longer change. @throws NAME_LIST_NOT_READY */
export function requireFrozen(list: NameList): void {
  if (list.state === 'receiving' || list.state === 'building') throw notReady(list);
}

/** @throws NAME_LIST_NOT_READY, NAME_LIST_BUSY */
export function requireIdle(list: NameList): void {
  if (list.state !== 'ready' || list.dispatch !== null) throw notReady(list);
  if (list.job !== null) throw busy(list);
}

/** @throws NAME_LIST_NOT_DISPATCHED, NAME_LIST_BUSY */
export function requireAdjustable(list: NameList): void {
  if (list.state !== 'dispatched' || !list.isSplit) throw notDispatched(list);
  if (list.job !== null) throw busy(list);
}

/** The state after a move that the work itself makes. */
export function moved(list: NameList, move: NameListMove): NameListState {
  const state = nameListStateAfter(list.state, move);
  if (state === null) throw new Error(`a list that is ${list.state} has no move ${move}`);
  return state;
}

export const notReady = (list: NameList): Error =>
  refused(
    'NAME_LIST_NOT_READY',
    'Only a list that is ready, and not being dispatched for another slot, can be worked on or dispatched.',
    { state: list.state },
  );

const notDispatched = (list: NameList): Error =>
  refused(
    'NAME_LIST_NOT_DISPATCHED',
    'Only a list that is dispatched to people is adjusted, and only one that is ready or dispatched is closed.',
    {
      state: list.state,
    },
  );

export const busy = (list: NameList): Error =>
  refused('NAME_LIST_BUSY', 'The list is being worked on; wait until that is done.', {
    job: list.job?.kind ?? (list.dispatch ? 'dispatch' : ''),
  });
