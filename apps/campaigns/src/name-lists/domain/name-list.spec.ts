import * as fc from 'fast-check';
import { withFailedPage, withPage } from './list-build';
import { abandonDispatch, beginDispatch, finishDispatch, pushRequestIdOf, touchesSince } from './list-dispatch';
import { jobAfterChunk, jobProgress, pushJob, waitingJob, withJob } from './list-job';
import { isHandedOver } from './list-member';
import {
  cancelNameList,
  closeNameList,
  isDue,
  isUnfinished,
  NAME_LIST_STATES,
  nameListStateAfter,
  requireAdjustable,
  requireIdle,
  startNameList,
  waitingForOf,
  type DispatchOrder,
  type NameList,
} from './name-list';

const NOW = new Date('2026-03-02T02:00:00Z');
const list = () =>
  startNameList({ listId: 'l1', strategyId: 's1', name: 'Week 10', segmentId: 'g1', orgPath: 'hq' }, NOW);
const member = (reason = '') => ({ reason });
const page = (nextPageToken: string) => ({ nextPageToken, chunkCount: 1 });
const ready = () => withPage(list(), [member()], page(''));

describe('name lists', () => {
  it('move by one table', () => {
    const moves = ['receive', 'finish', 'fail', 'cancel', 'hand_down', 'dispatch', 'close'] as const;
    const allowed = NAME_LIST_STATES.flatMap((state) =>
      moves.flatMap((move) => nameListStateAfter(state, move) ?? []).map((next) => `${state} ${next}`),
    );
    expect(allowed).toEqual([
      'receiving building',
      'receiving cancelled',
      'building ready',
      'building failed',
      'building cancelled',
      'ready handed_down',
      'ready dispatched',
      'ready closed',
      'dispatched closed',
    ]);
  });

  it('count members by reason, over pages', () => {
    const first = withPage(list(), [member(), member('CONSENT_MISSING')], page('next'));
    expect(first).toMatchObject({ state: 'building', memberCount: 2, build: { pageCount: 1, chunkCount: 1 } });
    expect(first.build.pageToken).toBe('next');
    const second = withPage(first, [member('CONSENT_MISSING'), member('COMPLAINT_HOLD')], page(''));
    expect(second).toMatchObject({
      state: 'ready',
      memberCount: 4,
      passedCount: 1,
      screenedCountByReason: { CONSENT_MISSING: 2, COMPLAINT_HOLD: 1 },
    });
  });

  it('hand over who passed and the control group, nobody else', () => {
    const reasons = ['', 'HOLDOUT_GLOBAL', 'HOLDOUT_STRATEGY', 'CONSENT_MISSING', 'COMPLAINT_HOLD', 'CUSTOMER_UNKNOWN'];
    expect(reasons.filter(isHandedOver)).toEqual(['', 'HOLDOUT_GLOBAL', 'HOLDOUT_STRATEGY']);
  });

  it('always add up', () => {
    const reasons = fc.constantFrom('', 'CONSENT_MISSING', 'HOLDOUT_GLOBAL');
    fc.assert(
      fc.property(fc.array(fc.array(reasons, { maxLength: 9 }), { minLength: 1, maxLength: 6 }), (pages) => {
        let current = list();
        pages.forEach((reasonsOfPage, i) => {
          const token = i === pages.length - 1 ? '' : String(i + 1);
          current = withPage(current, reasonsOfPage.map(member), page(token));
        });
        const screened = Object.values(current.screenedCountByReason).reduce((sum, count) => sum + count, 0);
        expect(current.passedCount + screened).toBe(current.memberCount);
        expect(current.memberCount).toBe(pages.flat().length);
        expect(current.state).toBe('ready');
      }),
    );
  });

  it('are given up after a week of failures in a row, or at once when trying again is pointless', () => {
    const failed = (of: NameList, at: Date) => withFailedPage(of, 'PEER_UNAVAILABLE', true, at);
    const pauseOf = (of: NameList, since: Date) => of.build.notBefore.getTime() - since.getTime();
    const first = failed(list(), NOW);
    expect(pauseOf(first, NOW)).toBe(500);
    let current = first;
    for (let i = 0; i < 2_000; i++) current = failed(current, NOW);
    expect(current).toMatchObject({ state: 'building', failureReason: '' });
    expect(pauseOf(current, NOW)).toBe(30_000);
    expect(waitingForOf(current)).toBe('PEER_UNAVAILABLE');
    expect(isDue(current, NOW)).toBe(false);
    expect(isDue(current, current.build.notBefore)).toBe(true);

    const gone = withPage(current, [], page('next'));
    expect([gone.build.failureCount, waitingForOf(gone)]).toEqual([0, '']);
    const WEEK_MS = 7 * 86_400_000;
    const nextWeek = new Date(NOW.getTime() + WEEK_MS);
    expect(failed(current, new Date(nextWeek.getTime() - 1)).state).toBe('building');
    const givenUp = failed(current, nextWeek);
    expect(givenUp).toMatchObject({ state: 'failed', failureReason: 'PEER_UNAVAILABLE' });
    expect(waitingForOf(givenUp)).toBe('');
    // The week begins anew with each page.
    expect(failed(gone, nextWeek).state).toBe('building');
    expect(withFailedPage(list(), 'SEGMENT_NOT_FOUND', false, NOW)).toMatchObject({ state: 'failed' });
  });

  it('wait with a push that is tried again later', () => {
    const dispatched = finishDispatch({ ...ready(), isSplit: true }, 'p1', NOW);
    const waiting = { ...dispatched, job: waitingJob(pushJob('j1', NOW), 'STRATEGY_NOT_LIVE', NOW) };
    expect(isDue({ ...dispatched, job: pushJob('j1', NOW) }, NOW)).toBe(true);
    expect(isDue(waiting, NOW)).toBe(false);
    expect(isDue(waiting, new Date(NOW.getTime() + 30_000))).toBe(true);
    expect([waitingForOf(waiting), waitingForOf(dispatched)]).toEqual(['STRATEGY_NOT_LIVE', '']);
    expect(closeNameList(waiting)).toMatchObject({ state: 'closed', job: null });
  });

  it('are cancelled while they are built, and only then', () => {
    const cancelled = cancelNameList(list());
    expect(cancelled.state).toBe('cancelled');
    expect(cancelNameList(cancelled)).toBe(cancelled);
    expect(() => cancelNameList(ready())).toThrow(expect.objectContaining({ reason: 'NAME_LIST_FINISHED' }));
  });

  it('are dispatched once, for one slot', () => {
    const order = (requestId: string, capacitySlot = 'W10') => ({ requestId, capacitySlot });
    const begin = (of: NameList, by: DispatchOrder) => beginDispatch(of, by, NOW);
    const begun = begin(ready(), order('r1'));
    expect(isUnfinished(begun)).toBe(true);
    expect(begin(begun, order('r2'))).toEqual(begun);
    const notReady = expect.objectContaining({ reason: 'NAME_LIST_NOT_READY' });
    expect(() => begin(begun, order('r1', 'W11'))).toThrow(notReady);
    expect(() => begin(begun, { ...order('r1'), horizonDays: 3 })).toThrow(notReady);
    const abandoned = abandonDispatch(begun, 'STRATEGY_NOT_LIVE');
    expect(abandoned.failureReason).toBe('STRATEGY_NOT_LIVE');
    const again = begin(abandoned, order('r1', 'W11'));
    expect(again).toMatchObject({ dispatch: { capacitySlot: 'W11' }, failureReason: '' });
    // What was handed over for the slot before stays out of it.
    expect([begun, again].map(pushRequestIdOf)).toEqual(['name-list-l1', 'name-list-l1-again-1']);
    expect(pushRequestIdOf(begin(again, order('r3', 'W11')))).toBe('name-list-l1-again-1');
    const done = finishDispatch(begun, 'p1', NOW);
    expect(done).toMatchObject({ state: 'dispatched', pushId: 'p1' });
    expect(isUnfinished(done)).toBe(false);
    expect(abandonDispatch(done, 'X')).toBe(done);
    expect(abandonDispatch(ready(), 'X')).toEqual(ready());
    expect(begin(done, order('r1'))).toBe(done);
    expect(() => begin(done, order('r2'))).toThrow(notReady);
    expect(() => finishDispatch(done, 'p1', NOW)).toThrow(notReady);
    expect(() => begin(list(), order('r1'))).toThrow(notReady);
  });

  it('are dispatched with no more members than a push takes, the control group with them', () => {
    const order = { requestId: 'r', capacitySlot: '' };
    const MAX = 1_000_000;
    const sized = (overrides: Partial<NameList>) => () => beginDispatch({ ...ready(), ...overrides }, order, NOW);
    const tooLarge = expect.objectContaining({ reason: 'NAME_LIST_TOO_LARGE', metadata: { count: String(MAX + 1) } });
    const control = { HOLDOUT_GLOBAL: 3, HOLDOUT_STRATEGY: 7, CONSENT_MISSING: MAX };
    expect(sized({ passedCount: MAX - 10, screenedCountByReason: control })).not.toThrow();
    expect(sized({ passedCount: MAX - 9, screenedCountByReason: control })).toThrow(tooLarge);
    // Of a split list only those whom somebody has.
    expect(sized({ passedCount: 5 * MAX, isSplit: true, placedCount: MAX })).not.toThrow();
    expect(sized({ passedCount: 5 * MAX, isSplit: true, placedCount: MAX + 1 })).toThrow(tooLarge);
    // One that was begun goes on, whatever its size: it is taken back when it is refused.
    const begun = { ...ready(), passedCount: 2 * MAX, dispatch: order };
    expect(beginDispatch(begun, order, NOW)).toBe(begun);
  });

  it('count contacts from the beginning of the dispatch on', () => {
    const begun = beginDispatch(ready(), { requestId: 'r', capacitySlot: '' }, NOW);
    expect(touchesSince(begun)).toBeNull();
    const end = new Date(NOW.getTime() + 60_000);
    const again = beginDispatch(begun, { requestId: 'r', capacitySlot: '' }, end);
    const done = finishDispatch(again, 'p1', end);
    expect(done.dispatchedAt).toEqual(end);
    expect(touchesSince(done)).toEqual(NOW);
    // As lists were stored before.
    expect(touchesSince({ ...done, dispatch: { requestId: 'r', capacitySlot: '' } })).toEqual(end);
  });

  it('are closed without a dispatch, unless one has begun', () => {
    const closed = closeNameList(ready());
    expect(closed).toMatchObject({ state: 'closed', nextAdjustmentAt: null });
    expect(isUnfinished(closed)).toBe(false);
    const busy = expect.objectContaining({ reason: 'NAME_LIST_BUSY' });
    expect(() => closeNameList(beginDispatch(ready(), { requestId: 'r', capacitySlot: '' }, NOW))).toThrow(busy);
    expect(() => closeNameList(withJob(ready(), 'split', 'j1', 2))).toThrow(busy);
    expect(() => closeNameList(list())).toThrow(expect.objectContaining({ reason: 'NAME_LIST_NOT_DISPATCHED' }));
  });

  it('are left alone while a job goes on', () => {
    const busy = expect.objectContaining({ reason: 'NAME_LIST_BUSY' });
    const working = withJob(ready(), 'split', 'j1', 2);
    expect(isUnfinished(working)).toBe(true);
    expect(() => requireIdle(working)).toThrow(busy);
    expect(() => beginDispatch(working, { requestId: 'r', capacitySlot: '' }, NOW)).toThrow(busy);
    const dispatched = finishDispatch({ ...ready(), isSplit: true }, 'p1', NOW);
    expect(() => requireAdjustable(withJob(dispatched, 'adjust', 'j2', 2))).toThrow(busy);
    expect(() => closeNameList(withJob(dispatched, 'adjust', 'j2', 2))).toThrow(busy);
    const closed = closeNameList(dispatched);
    expect(closeNameList(closed)).toBe(closed);
    // A push that waits ends with the list.
    expect(closeNameList({ ...dispatched, job: pushJob('j3', NOW) })).toEqual(closed);
    expect(() => requireAdjustable(closed)).toThrow(expect.objectContaining({ reason: 'NAME_LIST_NOT_DISPATCHED' }));
    expect(() => requireIdle(dispatched)).toThrow(expect.objectContaining({ reason: 'NAME_LIST_NOT_READY' }));
  });

  it('are worked on chunk by chunk, in passes, to the end', () => {
    const seen: string[] = [];
    let job = withJob(ready(), 'split', 'j1', 2).job;
    while (job !== null) {
      seen.push(`${job.pass}/${job.chunk} ${jobProgress(job, 3).doneCount}`);
      job = jobAfterChunk(job, 3);
    }
    expect(seen).toEqual(['0/0 0', '0/1 1', '0/2 2', '1/0 3', '1/1 4', '1/2 5']);
  });
});
