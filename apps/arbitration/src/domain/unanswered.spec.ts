import { aDecision, DAY_MS, NOW } from '../testing/decision.factory';
import { ANSWER_DAYS, unansweredAt } from './unanswered';

const days = (count: number): Date => new Date(NOW.getTime() + count * DAY_MS);
const shown = { outcome: 'shown', at: NOW };
const ranked = { queue: '', modelSlot: 'deposit', features: { age: 40 }, outcomes: [shown] };

it('counts from the last word, in whichever order the words came', () => {
  const outcomes = [{ outcome: 'clicked', at: days(3) }, shown];
  expect(unansweredAt(aDecision({ ...ranked, outcomes }))).toEqual(days(3 + ANSWER_DAYS));
});

it.each([
  ['of what nothing was heard', { outcomes: [] }],
  ['of what did not take place', { outcomes: [{ outcome: 'released', at: NOW }] }],
  ['of what taught', { isTaught: true }],
  ['of what no model ranked', { modelSlot: '' }],
  ['where nothing learns', { features: null }],
  ['of what a person works', { queue: 'seats' }],
])('is never %s', (_name, overrides) => {
  expect(unansweredAt(aDecision({ ...ranked, ...overrides }))).toBeNull();
});
