import fc from 'fast-check';
import { addDays } from '../../domain/opening-hours';
import { countTowards, NEVER_REACHED, reachGoal, together, type GoalState, type VisitDay } from './visit-goal';

const goal = { goalId: 'thrice', visitCount: 3, withinDays: 7, rewardStockId: '' };
const visitOn = (businessDate: string): VisitDay => ({
  businessDate,
  placeId: 'noodle-bar-1',
  visitedAt: new Date(`${businessDate}T04:00:00Z`),
});
const at = (today: string) => ({ today, now: new Date(`${today}T04:00:00Z`) });

it('is reached by enough visits within the window, today included', () => {
  const visits = ['2026-11-16', '2026-11-20', '2026-11-22'].map(visitOn);
  expect(reachGoal(goal, NEVER_REACHED, visits, at('2026-11-22')).isReached).toBe(true);
  expect(reachGoal(goal, NEVER_REACHED, visits, at('2026-11-23')).isReached).toBe(false);
  expect(countTowards(goal, NEVER_REACHED, visits, '2026-11-23')).toBe(2);
});

it('counts no visit twice: reached as often as the visits allow, never more', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(30), { maxLength: 20 }), (offsets) => {
      const days = offsets.sort((a, b) => a - b).map((offset) => addDays('2026-11-01', offset));
      let state = NEVER_REACHED;
      const seen: VisitDay[] = [];
      for (const day of days) {
        seen.push(visitOn(day));
        state = reachGoal(goal, state, seen, at(day)).state;
      }
      expect(state.reachedCount).toBeLessThanOrEqual(Math.floor(days.length / goal.visitCount));
      const wide = { ...goal, withinDays: 366 };
      let free = NEVER_REACHED;
      days.forEach((day, index) => {
        free = reachGoal(wide, free, seen.slice(0, index + 1), at(day)).state;
      });
      expect(free.reachedCount).toBe(Math.floor(days.length / goal.visitCount));
    }),
  );
});

it('is reached by a person as it would be by one profile, whichever of his profiles came', () => {
  const came = fc.record({ offset: fc.nat(30), profile: fc.nat(2) });
  const arrivals = fc.uniqueArray(came, { maxLength: 20, selector: ({ offset }) => offset });
  fc.assert(
    fc.property(arrivals, (told) => {
      const all = told.sort((a, b) => a.offset - b.offset);
      let alone: GoalState = NEVER_REACHED;
      const states = [NEVER_REACHED, NEVER_REACHED, NEVER_REACHED];
      const seen: VisitDay[] = [];
      for (const { offset, profile } of all) {
        const day = addDays('2026-11-01', offset);
        seen.push(visitOn(day));
        alone = reachGoal(goal, alone, seen, at(day)).state;
        const others = states.filter((_, index) => index !== profile);
        states[profile] = reachGoal(goal, states[profile]!, seen, { ...at(day), others }).state;
        expect(together(states)).toEqual(alone);
      }
    }),
  );
});

it('counts two profiles that came to one place on one day once, and to two places twice', () => {
  const [first, elsewhere] = [visitOn('2026-11-22'), { ...visitOn('2026-11-22'), placeId: 'noodle-bar-2' }];
  expect(countTowards(goal, NEVER_REACHED, [first, first, elsewhere], '2026-11-22')).toBe(2);
});
