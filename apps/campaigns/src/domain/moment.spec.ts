import * as fc from 'fast-check';
import { cooldownIdOf, fire, momentIdOf, type Moment } from './moment';

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2026, 0, 1);

function moment(factId: string, day: number, overrides: Partial<Moment> = {}): Moment {
  const given = { ruleKey: 's/r', customerId: 'c1', ...overrides };
  return {
    momentId: momentIdOf(given.ruleKey, factId, given.customerId),
    strategyId: 's',
    strategyRevision: 1,
    ruleId: 'r',
    actionIds: ['a'],
    factId,
    factData: {},
    acceptedAt: new Date(START_MS + day * DAY_MS),
    cooldownDays: 0,
    ...given,
  };
}

describe('moments', () => {
  it('have one id for a rule, a fact and a customer', () => {
    expect(momentIdOf('s/r', 'f', 'c')).toBe(momentIdOf('s/r', 'f', 'c'));
    const ids = [
      ['s/r', 'f', 'c'],
      ['s/r2', 'f', 'c'],
      ['s/r', 'f2', 'c'],
      ['s/r', 'f', 'c2'],
      ['s/rf', '', 'c'],
    ];
    expect(new Set(ids.map(([rule = '', fact = '', customer = '']) => momentIdOf(rule, fact, customer))).size).toBe(5);
  });

  it('fire once, in this batch and ever', () => {
    const [first, second] = [moment('f1', 0), moment('f2', 0)];
    const { moments } = fire([first, first, second], new Set([second.momentId]), new Map());
    expect(moments).toEqual([first]);
  });

  it('keep the cooldown between batches, by rule and customer', () => {
    const found = [
      moment('f1', 3, { cooldownDays: 3 }),
      moment('f1', 3, { cooldownDays: 3, customerId: 'c2' }),
      moment('f1', 2, { cooldownDays: 3, ruleKey: 's/other' }),
    ];
    const last = new Map([
      [cooldownIdOf({ ruleKey: 's/r', customerId: 'c1' }), new Date(START_MS)],
      [cooldownIdOf({ ruleKey: 's/other', customerId: 'c1' }), new Date(START_MS)],
    ]);
    const { moments, lastFired } = fire(found, new Set(), last);
    expect(moments.map((item) => [item.ruleKey, item.customerId])).toEqual([
      ['s/r', 'c1'],
      ['s/r', 'c2'],
    ]);
    expect([...lastFired.keys()]).toEqual(['s/r/c1', 's/r/c2']);
  });

  it('never fire twice within a cooldown, in whatever order and batches the facts come', () => {
    const facts = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(
        facts,
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 5 }),
        (days, cooldownDays, size) => {
          const fired = new Set<string>();
          const last = new Map<string, Date>();
          const at: number[] = [];
          for (let i = 0; i < days.length; i += size) {
            const found = days.slice(i, i + size).map((day) => moment(`f${day}`, day, { cooldownDays }));
            for (const batch of [found, found]) {
              const { moments, lastFired } = fire(batch, fired, last);
              for (const item of moments) {
                fired.add(item.momentId);
                at.push(item.acceptedAt.getTime());
              }
              for (const [key, when] of lastFired) last.set(key, when);
            }
          }
          expect(at.length).toBeGreaterThan(0);
          for (let i = 1; i < at.length; i++) {
            expect((at[i] as number) - (at[i - 1] as number)).toBeGreaterThanOrEqual(cooldownDays * DAY_MS);
          }
        },
      ),
    );
  });
});
