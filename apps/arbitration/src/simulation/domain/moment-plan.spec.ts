import { addDays } from '@tidegate/rules';
import * as fc from 'fast-check';
import type { CustomerFacts } from '../../domain/customer-state';
import { aFacts, anAction, aStrategy } from '../../testing/decision.factory';
import type { MomentRule } from '../../domain/strategy';
import { DateQuestion, historyShiftDays, playedRules, RULES_MAX } from './moment-plan';

const rule = (overrides: Partial<MomentRule> = {}): MomentRule => ({
  kind: 'threshold',
  factType: 'spend',
  condition: null,
  dateField: '',
  offsetDays: 0,
  isYearly: false,
  actionIds: ['a'],
  cooldownDays: 0,
  ...overrides,
});

describe('the past that simulated days play', () => {
  it('is over, of the same weekdays, and as late as that allows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), (ahead) => {
        const shift = historyShiftDays('2026-03-02', addDays('2026-03-02', ahead));
        expect(shift % 7).toBe(0);
        expect(ahead - shift).toBeLessThan(0);
        expect(ahead - shift).toBeGreaterThanOrEqual(-7);
      }),
    );
  });
});

describe('the rules that are played', () => {
  const counts = { events: { type: 'login', windowDays: 7, count: { op: 'gte', value: 1 } } };

  it('are those of the draft and the live strategies whose moments are known, so many at most', () => {
    const actions = [anAction({ actionId: 'a' }), anAction({ actionId: 'b' })];
    const dated = rule({ kind: 'date_relative', dateField: 'attributes.maturityAt', actionIds: ['b'] });
    const draft = aStrategy({
      strategyId: 'draft',
      actions,
      momentRules: [rule({ condition: counts }), dated, { ...dated, condition: counts }, { ...dated, dateField: 'x' }],
    });
    const live = aStrategy({ strategyId: 'live', actions, momentRules: Array.from({ length: 100 }, () => rule()) });
    const played = playedRules(draft, [live]);
    expect(played).toHaveLength(RULES_MAX);
    expect(played.slice(0, 2).map((each) => each.rule)).toEqual([draft.momentRules[0], dated]);
    expect(played[1]?.actions).toEqual([actions[1]]);
  });
});

describe('a moment by a date', () => {
  const ZONE = 'Asia/Shanghai';
  const AT = new Date('2026-03-03T02:00:00Z');
  const facts = (overrides: Partial<CustomerFacts>): CustomerFacts => aFacts(overrides);

  it('is on the day that lies so many days from it, when the condition holds', () => {
    const asked = new DateQuestion(
      rule({
        kind: 'date_relative',
        dateField: 'attributes.maturityAt',
        offsetDays: -7,
        condition: { field: 'stage', op: 'eq', value: 'mature' },
      }),
      ZONE,
      480,
    );
    const due = facts({ stage: 'mature', attributes: { maturityAt: '2026-03-10' } });
    expect(asked.isOn('2026-03-03', AT, 'c', due)).toBe(true);
    expect(asked.isOn('2026-03-04', AT, 'c', due)).toBe(false);
    expect(asked.isOn('2026-03-03', AT, 'c', facts({ stage: 'sleeping', attributes: due.attributes }))).toBe(false);
    expect(asked.isOn('2026-03-03', AT, 'c', facts({ attributes: {} }))).toBe(false);
  });

  it('is a birthday in every year after the first', () => {
    const yearly = new DateQuestion(
      rule({ kind: 'date_relative', dateField: 'birth_date', isYearly: true }),
      ZONE,
      480,
    );
    expect(yearly.isOn('2026-03-03', AT, 'c', facts({ birthDate: '1990-03-03' }))).toBe(true);
    expect(yearly.isOn('2026-03-03', AT, 'c', facts({ birthDate: '2026-03-03' }))).toBe(false);
    expect(yearly.isOn('2026-03-03', AT, 'c', facts({ birthDate: null }))).toBe(false);
  });
});
