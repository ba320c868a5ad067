import fc from 'fast-check';
import { DAY_MS, NOW } from '../testing/decision.factory';
import type { Suppression } from './contact-policy';
import type { OutcomeMark } from './customer-state';
import { isSuppressed, pausesOf } from './suppression';

const action = { actionId: 'a-1', group: 'deposits' };
const rule: Suppression = { outcome: 'rejected', count: 2, withinDays: 10, pauseDays: 30, scope: 'action' };
const mark = (daysAgo: number, overrides: Partial<OutcomeMark> = {}): OutcomeMark => ({
  outcome: 'rejected',
  at: new Date(NOW.getTime() - daysAgo * DAY_MS),
  ...action,
  ...overrides,
});

const check = (rules: Suppression[], outcomes: OutcomeMark[], asked = action): boolean =>
  isSuppressed(pausesOf(rules, outcomes, NOW), asked);

describe('suppression', () => {
  it('pauses after enough outcomes, for as long as it says', () => {
    expect(check([rule], [mark(1)])).toBe(false);
    expect(check([rule], [mark(1), mark(5)])).toBe(true);
    expect(check([rule], [mark(29.9), mark(35)])).toBe(true);
    expect(check([rule], [mark(30), mark(35)])).toBe(false);
    expect(check([rule], [mark(1), mark(12)])).toBe(false);
  });

  it('concerns the outcome, the action or the group that it names', () => {
    const other = [mark(1, { actionId: 'a-2' }), mark(2, { actionId: 'a-2' })];
    expect(check([rule], other)).toBe(false);
    expect(check([{ ...rule, scope: 'group' }], other)).toBe(true);
    expect(check([{ ...rule, scope: 'group' }], other, { actionId: 'a-1', group: '' })).toBe(false);
    expect(check([rule], [mark(1, { outcome: 'no_answer' }), mark(2)])).toBe(false);
  });

  it('is the same as looking at every possible last outcome', () => {
    const days = fc.array(fc.integer({ min: 0, max: 80 }), { maxLength: 8 });
    const rules = fc.record({
      count: fc.integer({ min: 1, max: 4 }),
      withinDays: fc.integer({ min: 1, max: 30 }),
      pauseDays: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(days, rules, (agos, chosen) => {
        const expected = agos.some(
          (last) =>
            last < chosen.pauseDays &&
            agos.filter((ago) => ago >= last && ago - last < chosen.withinDays).length >= chosen.count,
        );
        const marks = agos.map((ago) => mark(ago));
        expect(check([{ ...rule, ...chosen }], marks)).toBe(expected);
      }),
    );
  });
});
