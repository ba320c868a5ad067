import { addDays } from '@tidegate/rules';
import * as fc from 'fast-check';
import type { CustomerFacts, PastSeries } from '../../domain/customer-state';
import { NOTHING_COUNTED, type PastFacts } from '../../domain/past-facts';
import { aCustomer, aFacts, anAction, aStrategy } from '../../testing/decision.factory';
import type { MomentRule } from '../../domain/strategy';
import { DateQuestion, datedConditions, historyShiftDays, playedRules, RULES_MAX } from './moment-plan';

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

const counts = { events: { type: 'login', windowDays: 7, count: { op: 'gte', value: 1 } } };
const counted: PastFacts = { placeOf: () => ({ name: '1' }) };
const nothing = { utcOffsetMinutes: 480, pastFacts: NOTHING_COUNTED };

describe('the rules that are played', () => {
  it('are those of the draft and the live strategies whose moments are known, so many at most', () => {
    const actions = [anAction({ actionId: 'a' }), anAction({ actionId: 'b' })];
    const dated = rule({ kind: 'date_relative', dateField: 'attributes.maturityAt', actionIds: ['b'] });
    const draft = aStrategy({
      strategyId: 'draft',
      actions,
      momentRules: [rule({ condition: counts }), dated, { ...dated, condition: counts }, { ...dated, dateField: 'x' }],
    });
    const live = aStrategy({ strategyId: 'live', actions, momentRules: Array.from({ length: 100 }, () => rule()) });
    const { played } = playedRules(draft, [live], nothing);
    expect(played).toHaveLength(RULES_MAX);
    expect(played.slice(0, 3).map((each) => each.rule)).toEqual([draft.momentRules[0], dated, live.momentRules[0]]);
    expect(played[1]?.actions).toEqual([actions[1]]);
    const { played: known } = playedRules(draft, [live], { ...nothing, pastFacts: counted });
    expect(known.slice(0, 3).map((each) => each.rule)).toEqual(draft.momentRules.slice(0, 3));
    expect(datedConditions(draft.momentRules)).toEqual([null, counts, null]);
  });
});

describe('a rule whose condition is none', () => {
  const actions = [anAction({ actionId: 'a' })];
  const dated = { kind: 'date_relative', dateField: 'birth_date' };
  const broken = { field: 'stage', op: 'no such' };

  it.each([
    ['on dates', { ...dated, condition: broken }, 'RULE_INVALID'],
    ['on facts', { condition: broken }, 'RULE_INVALID'],
    ['with a segment', { ...dated, condition: { segment: 'gone' } }, 'RULE_SEGMENT_UNKNOWN'],
  ])('%s is named and left out, and the others are played', (_, overrides, reason) => {
    const momentRules = [rule({ ruleId: 'r-1', ...overrides }), rule(dated)];
    const live = aStrategy({ strategyId: 'live', actions, momentRules });
    const plan = playedRules(aStrategy({ strategyId: 'draft', momentRules: [rule()] }), [live], nothing);
    expect(plan.played.map((each) => each.rule)).toEqual([rule(), momentRules[1]]);
    expect(plan.broken).toMatchObject([{ strategyId: 'live', ruleId: 'r-1', reason }]);
    expect(plan.broken[0]?.message).not.toBe('');
  });

  it('is named of so many at most', () => {
    const momentRules = Array.from({ length: RULES_MAX + 1 }, () => rule({ condition: broken }));
    const { played, broken: named } = playedRules(aStrategy({ momentRules }), [], nothing);
    expect([played.length, named.length]).toEqual([0, RULES_MAX]);
  });
});

describe('a moment by a date', () => {
  const ZONE = 'Asia/Shanghai';
  const AT = new Date('2026-03-03T02:00:00Z');
  const known = { utcOffsetMinutes: 480, pastFacts: counted };
  const facts = (overrides: Partial<CustomerFacts>, past?: PastSeries) =>
    aCustomer({ facts: aFacts(overrides), ...(past && { past }) });

  it('is on the day that lies so many days from it, when the condition holds', () => {
    const asked = new DateQuestion(
      rule({
        kind: 'date_relative',
        dateField: 'attributes.maturityAt',
        offsetDays: -7,
        condition: { field: 'stage', op: 'eq', value: 'mature' },
      }),
      ZONE,
      known,
    );
    const due = facts({ stage: 'mature', attributes: { maturityAt: '2026-03-10' } });
    expect(asked.isOn('2026-03-03', AT, due)).toBe(true);
    expect(asked.isOn('2026-03-04', AT, due)).toBe(false);
    expect(asked.isOn('2026-03-03', AT, facts({ stage: 'sleeping', attributes: due.facts!.attributes }))).toBe(false);
    expect(asked.isOn('2026-03-03', AT, facts({ attributes: {} }))).toBe(false);
  });

  it('is a birthday in every year after the first', () => {
    const yearly = new DateQuestion(
      rule({ kind: 'date_relative', dateField: 'birth_date', isYearly: true }),
      ZONE,
      known,
    );
    expect(yearly.isOn('2026-03-03', AT, facts({ birthDate: '1990-03-03' }))).toBe(true);
    expect(yearly.isOn('2026-03-03', AT, facts({ birthDate: '2026-03-03' }))).toBe(false);
    expect(yearly.isOn('2026-03-03', AT, facts({ birthDate: null }))).toBe(false);
  });

  it('counts past events to the day itself, and none where they are not all known', () => {
    const asked = new DateQuestion(
      rule({ kind: 'date_relative', dateField: 'attributes.maturityAt', isYearly: true, condition: counts }),
      ZONE,
      known,
    );
    // A login on the 25th of February at noon: within a week of ten on the 4th of March, and of no day after.
    const series = Float64Array.of(-Infinity, Date.parse('2026-02-25T04:00:00Z'), 1, 1);
    const on = (day: string, past: PastSeries): boolean =>
      asked.isOn(
        day,
        new Date(`${day}T02:00:00Z`),
        facts({ attributes: { maturityAt: day.replace('2026', '2020') } }, past),
      );
    const whole = { series: { '1': series }, countedNames: ['1'] };
    expect(['2026-03-03', '2026-03-04', '2026-03-05'].map((day) => on(day, whole))).toEqual([true, true, false]);
    expect(on('2026-03-03', { series: {}, countedNames: ['1'] })).toBe(false);
    expect(on('2026-03-03', { ...whole, countedNames: [] })).toBe(false);
  });
});
