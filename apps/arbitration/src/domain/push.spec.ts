import { NOW } from '../testing/decision.factory';
import { appendChunk, cancelPush, countDecided, MEMBERS_MAX, startPush, type Push } from './push';

const push = (overrides: Partial<Push> = {}): Push => ({
  ...startPush({ pushId: 'p-1', strategyId: 's-1', listId: 'l-1', capacitySlot: '' }, NOW),
  ...overrides,
});

describe('a push', () => {
  it('takes chunks in order, each once, and starts with the last', () => {
    const first = appendChunk(push(), { sequence: 0, count: 3, isLast: false });
    expect(first).toMatchObject({ memberCount: 3, nextSequence: 1, state: 'receiving' });
    expect(appendChunk(first ?? push(), { sequence: 0, count: 3, isLast: false })).toBeNull();
    const last = appendChunk(first ?? push(), { sequence: 1, count: 2, isLast: true });
    expect(last).toMatchObject({ memberCount: 5, state: 'running' });
    expect(appendChunk(last ?? push(), { sequence: 1, count: 2, isLast: true })).toBeNull();
  });

  it('refuses a gap, a late chunk and too many members', () => {
    const reasonOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return (error as { reason: string }).reason;
      }
      return 'none';
    };
    const chunk = { sequence: 1, count: 1, isLast: false };
    expect(reasonOf(() => appendChunk(push(), chunk))).toBe('PUSH_CHUNK_OUT_OF_ORDER');
    expect(reasonOf(() => appendChunk(push({ state: 'running', nextSequence: 1 }), chunk))).toBe('PUSH_STARTED');
    const large = push({ nextSequence: 1, memberCount: MEMBERS_MAX });
    expect(reasonOf(() => appendChunk(large, chunk))).toBe('PUSH_TOO_LARGE');
    expect(reasonOf(() => cancelPush(push({ state: 'completed' }), NOW))).toBe('PUSH_FINISHED');
  });

  it('counts members by reason and what was chosen by queue', () => {
    const counted = countDecided(push(), [
      { reason: 'CHOSEN', queue: 'rb' },
      { reason: 'CHOSEN', queue: '' },
      { reason: 'OUTRANKED', queue: '' },
    ]);
    expect(counted).toMatchObject({
      decidedCount: 3,
      chosenCount: 2,
      countByReason: { CHOSEN: 2, OUTRANKED: 1 },
      chosenByQueue: { rb: 1 },
    });
  });

  it('is cancelled once', () => {
    const cancelled = cancelPush(push({ state: 'running' }), NOW);
    expect(cancelled).toMatchObject({ state: 'cancelled', finishedAt: NOW });
    expect(cancelPush(cancelled, new Date(0))).toBe(cancelled);
  });
});
