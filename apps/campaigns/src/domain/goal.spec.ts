import { progressOf, writeGoal, type GoalTerms } from './goal';

const NOW = new Date('2026-03-02T02:00:00Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

const terms = (overrides: Partial<GoalTerms> = {}): GoalTerms => ({
  goalId: 'g',
  name: 'East',
  strategyId: 's',
  orgPath: 'hq/east',
  kind: 'customers',
  targetAmount: 1_000,
  currency: '',
  startsAt: NOW,
  endsAt: at(86_400),
  successOutcome: 'converted',
  factType: '',
  ...overrides,
});
const reasonOf = (work: () => unknown): string => {
  try {
    work();
    return 'done';
  } catch (error) {
    return (error as { reason: string }).reason;
  }
};

describe('a new goal', () => {
  it.each([
    [-61, 'GOAL_STARTS_IN_PAST'],
    [-60, 'done'],
    [3_600, 'done'],
  ])('that starts %i seconds from now: %s', (seconds, reason) => {
    expect(reasonOf(() => writeGoal(null, terms({ startsAt: at(seconds) }), 0, NOW))).toBe(reason);
  });
});

describe('a goal that has begun', () => {
  const begun = writeGoal(null, terms(), 0, NOW);

  it('is changed as long as its start stays', () => {
    const later = at(7_200);
    expect(writeGoal(begun, terms({ targetAmount: 2_000 }), 1, later)).toMatchObject({ version: 2 });
    expect(reasonOf(() => writeGoal(begun, terms({ startsAt: later }), 1, later))).toBe('GOAL_FIXED');
    expect(reasonOf(() => writeGoal(begun, terms(), 0, later))).toBe('VERSION_CONFLICT');
  });

  it('is measured against an even pace', () => {
    const expectedAmount = (seconds: number): number => progressOf(begun, at(seconds)).expectedAmount;
    expect([-60, 43_200, 90_000].map(expectedAmount)).toEqual([0, 500, 1_000]);
    expect(progressOf({ ...begun, achievedAmount: 250 }, NOW).progressBasisPoints).toBe(2_500);
  });
});
