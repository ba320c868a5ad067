import { NOW } from '../testing/decision.factory';
import {
  appendChunk,
  cancelPush,
  countDecided,
  countScored,
  MEMBERS_MAX,
  MEMBERS_PER_CHUNK_MAX,
  pricePush,
  startPush,
  type Push,
} from './push';
import { orderMax, unrankedOrder } from './push-plan';

const push = (overrides: Partial<Push> = {}): Push => ({
  ...startPush(
    { pushId: 'p-1', strategyId: 's-1', listId: 'l-1', capacitySlot: '', terms: { limits: [], costs: [] } },
    NOW,
  ),
  ...overrides,
});

describe('a push', () => {
  it('takes chunks in and starts with the last', () => {
    const first = appendChunk(push(), { count: 3, isLast: false });
    expect(first).toMatchObject({ memberCount: 3, nextSequence: 1, state: 'receiving' });
    expect(appendChunk(first, { count: 2, isLast: true })).toMatchObject({
      ...{ memberCount: 5, nextSequence: 2, state: 'running' },
    });
  });

  it('refuses too many members, and to cancel what is over', () => {
    const reasonOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return (error as { reason: string }).reason;
      }
      return 'none';
    };
    const chunk = { count: 1, isLast: false };
    const large = push({ nextSequence: 1, memberCount: MEMBERS_MAX });
    expect(reasonOf(() => appendChunk(large, chunk))).toBe('PUSH_TOO_LARGE');
    expect(reasonOf(() => cancelPush(push({ state: 'completed' }), NOW))).toBe('PUSH_FINISHED');
  });

  it('counts blocks of scored members, and plans after the last', () => {
    const priced = pricePush(push({ memberCount: 7, nextSequence: 2 }), {
      candidateKeys: ['a'],
      prices: [],
      ledger: [],
    });
    expect(priced).toMatchObject({ stage: 'scoring', scoredCount: 0 });
    const first = countScored(priced, { members: 4, doubles: 0 });
    expect(first).toMatchObject({ stage: 'scoring', scoredCount: 4, memberCount: 7 });
    expect(countScored(first, { members: 2, doubles: 1 })).toMatchObject({
      stage: 'allocating',
      scoredCount: 6,
      memberCount: 6,
    });
  });

  it('leaves doubles out once when it is priced anew', () => {
    const prices = { candidateKeys: ['a'], prices: [], ledger: [] };
    const scored = (from: Push): Push => {
      const first = countScored(pricePush(from, prices), { members: 4, doubles: 0 });
      return countScored(first, { members: 2, doubles: 1 });
    };
    const once = scored(push({ memberCount: 7, nextSequence: 3 }));
    expect(once).toMatchObject({ stage: 'scoring', memberCount: 6 });
    expect(scored(once)).toMatchObject({ stage: 'scoring', memberCount: 6, scoredCount: 6 });
  });

  it('counts members by reason and what was used of each limit', () => {
    const position = { round: 1, block: 0, member: 3 };
    const ledger = [{ id: 'queue:rb', max: 5, used: 1 }];
    const counted = countDecided(push({ ledger }), ['CHOSEN', 'CHOSEN', 'OUTRANKED'], {
      position,
      used: Float64Array.of(3),
      kept: Float64Array.of(1),
    });
    expect(counted).toMatchObject({
      decidedCount: 3,
      chosenCount: 2,
      countByReason: { CHOSEN: 2, OUTRANKED: 1 },
      ledger: [{ id: 'queue:rb', max: 5, used: 3 }],
      position,
    });
  });

  it('is cancelled once', () => {
    const cancelled = cancelPush(push({ state: 'running' }), NOW);
    expect(cancelled).toMatchObject({ state: 'cancelled', finishedAt: NOW });
    expect(cancelPush(cancelled, new Date(0))).toBe(cancelled);
  });

  it('puts members without a rank behind all others, as they were listed, none behind the last place', () => {
    const orders = [0, 1].flatMap((block) =>
      [0, MEMBERS_PER_CHUNK_MAX - 1].map((member) => unrankedOrder({ rankedCount: 7 }, block, member)),
    );
    expect(orders).toEqual([...new Set(orders)].sort((a, b) => a - b));
    expect(orders[0]).toBeGreaterThan(7);
    expect(orderMax(7, 2)).toBeGreaterThanOrEqual(orders.at(-1)!);
  });
});
