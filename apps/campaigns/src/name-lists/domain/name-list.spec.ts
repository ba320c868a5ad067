import * as fc from 'fast-check';
import {
  isHandedOver,
  abandonDispatch,
  beginDispatch,
  cancelNameList,
  finishDispatch,
  isUnfinished,
  NAME_LIST_STATES,
  nameListStateAfter,
  startNameList,
  withFailedPage,
  withPage,
  type NameListMember,
} from './name-list';

const NOW = new Date('2026-03-02T02:00:00Z');
const list = () =>
  startNameList({ listId: 'l1', strategyId: 's1', name: 'Week 10', segmentId: 'g1', orgPath: 'hq' }, NOW);
const member = (customerId: string, reason = ''): NameListMember => ({
  customerId,
  externalId: `x-${customerId}`,
  reason,
});
const ready = () => withPage(list(), [member('c1')], '');

describe('name lists', () => {
  it('move by one table', () => {
    const moves = ['finish', 'fail', 'cancel', 'dispatch'] as const;
    const allowed = NAME_LIST_STATES.flatMap((state) =>
      moves.flatMap((move) => nameListStateAfter(state, move) ?? []).map((next) => `${state} ${next}`),
    );
    expect(allowed).toEqual(['building ready', 'building failed', 'building cancelled', 'ready dispatched']);
  });

  it('count members by reason, over pages', () => {
    const first = withPage(list(), [member('c1'), member('c2', 'CONSENT_MISSING')], 'next');
    expect(first).toMatchObject({ state: 'building', memberCount: 2, build: { pageCount: 1, pageToken: 'next' } });
    const second = withPage(first, [member('c3', 'CONSENT_MISSING'), member('c4', 'COMPLAINT_HOLD')], '');
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
        pages.forEach((page, i) => {
          const token = i === pages.length - 1 ? '' : String(i + 1);
          current = withPage(
            current,
            page.map((reason, j) => member(`${i}-${j}`, reason)),
            token,
          );
        });
        const screened = Object.values(current.screenedCountByReason).reduce((sum, count) => sum + count, 0);
        expect(current.passedCount + screened).toBe(current.memberCount);
        expect(current.memberCount).toBe(pages.flat().length);
        expect(current.state).toBe('ready');
      }),
    );
  });

  it('are given up after eight failures in a row, or at once when trying again is pointless', () => {
    let current = list();
    for (let i = 0; i < 7; i++) current = withFailedPage(current, 'PEER_UNAVAILABLE', true, NOW);
    expect(current).toMatchObject({ state: 'building', failureReason: '' });
    expect(current.build.notBefore.getTime() - NOW.getTime()).toBe(30_000);
    expect(withPage(current, [], 'next').build.failureCount).toBe(0);
    expect(withFailedPage(current, 'PEER_UNAVAILABLE', true, NOW)).toMatchObject({
      state: 'failed',
      failureReason: 'PEER_UNAVAILABLE',
    });
    expect(withFailedPage(list(), 'SEGMENT_NOT_FOUND', false, NOW)).toMatchObject({ state: 'failed' });
  });

  it('are cancelled while they are built, and only then', () => {
    const cancelled = cancelNameList(list());
    expect(cancelled.state).toBe('cancelled');
    expect(cancelNameList(cancelled)).toBe(cancelled);
    expect(() => cancelNameList(ready())).toThrow(expect.objectContaining({ reason: 'NAME_LIST_FINISHED' }));
  });

  it('are dispatched once, for one slot', () => {
    const order = (requestId: string, capacitySlot = 'W10') => ({ requestId, capacitySlot });
    const begun = beginDispatch(ready(), order('r1'));
    expect(isUnfinished(begun)).toBe(true);
    expect(beginDispatch(begun, order('r2'))).toEqual(begun);
    const notReady = expect.objectContaining({ reason: 'NAME_LIST_NOT_READY' });
    expect(() => beginDispatch(begun, order('r1', 'W11'))).toThrow(notReady);
    expect(beginDispatch(abandonDispatch(begun), order('r1', 'W11')).dispatch?.capacitySlot).toBe('W11');
    const done = finishDispatch(begun, 'p1');
    expect(done).toMatchObject({ state: 'dispatched', pushId: 'p1' });
    expect(isUnfinished(done)).toBe(false);
    expect(abandonDispatch(done)).toBe(done);
    expect(beginDispatch(done, order('r1'))).toBe(done);
    expect(() => beginDispatch(done, order('r2'))).toThrow(notReady);
    expect(() => finishDispatch(done, 'p1')).toThrow(notReady);
    expect(() => beginDispatch(list(), order('r1'))).toThrow(notReady);
  });
});
