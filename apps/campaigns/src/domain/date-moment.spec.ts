import { addDays, dateKeysOf, dayOfField, parseDateField, utcDayOf } from '@tidegate/rules';
import * as fc from 'fast-check';
import { momentRule, NOW, snapshot } from '../testing/strategy.factory';
import { compileDateRule, dateKeysOn, firesOn, targetDayOf, type DateRule } from './date-moment';
import type { MomentRule } from './moment-rule';

const ZONE = 'Asia/Shanghai';
const at = { now: NOW, timeZone: ZONE };

function dateRule(overrides: Partial<MomentRule>): DateRule {
  const rule = momentRule({ kind: 'date_relative', condition: null, dateField: 'attributes.maturityAt', ...overrides });
  return compileDateRule(snapshot([rule]), rule, 480);
}

const customer = (attributes: Record<string, string | number>, birth?: string) => ({
  birthDate: birth === undefined ? null : new Date(`${birth}T00:00:00Z`),
  attributes,
  forRules: { attributes },
});

const isFound = (rule: DateRule, whom: ReturnType<typeof customer>, today: string): boolean => {
  const target = targetDayOf(rule, today);
  const keys = dateKeysOf(whom, ZONE);
  return dateKeysOn(rule, target).some((key) => keys.includes(key)) && firesOn(rule, target, whom, at) === true;
};

describe('date fields', () => {
  it('are the birth date and attributes', () => {
    expect(parseDateField('birth_date')).toEqual({ source: 'birth_date' });
    expect(parseDateField('attributes.maturityAt')).toEqual({ source: 'attribute', key: 'maturityAt' });
    expect(parseDateField('maturityAt')).toBeNull();
    expect(parseDateField('attributes.')).toBeNull();
  });

  it.each([
    [Date.parse('2026-07-01T00:00:00Z'), '2026-07-01'],
    [Date.parse('2026-06-30T16:00:00Z'), '2026-07-01'],
    ['2026-07-01', '2026-07-01'],
    ['2026-06-30T16:00:00Z', '2026-07-01'],
    ['2026-02-30', null],
    [250_000, null],
    ['admin', null],
  ])('read %s as %s', (value, day) => {
    expect(
      dayOfField(
        { birthDate: null, attributes: { maturityAt: value } },
        { source: 'attribute', key: 'maturityAt' },
        ZONE,
      ),
    ).toBe(day);
  });
});

describe('date-relative rules', () => {
  it('fire seven days before a maturity, on that day only', () => {
    const rule = dateRule({ offsetDays: -7 });
    const whom = customer({ maturityAt: '2026-07-08' });
    expect(isFound(rule, whom, '2026-07-01')).toBe(true);
    expect(isFound(rule, whom, '2026-06-30')).toBe(false);
    expect(isFound(rule, whom, '2027-07-01')).toBe(false);
  });

  it('fire on a birthday each year, but not on the day of birth', () => {
    const rule = dateRule({ dateField: 'birth_date', isYearly: true });
    const whom = customer({}, '2000-02-29');
    expect(isFound(rule, whom, '2027-03-01')).toBe(true);
    expect(isFound(rule, whom, '2027-02-28')).toBe(false);
    expect(isFound(rule, whom, '2028-02-29')).toBe(true);
    expect(isFound(rule, whom, '2028-03-01')).toBe(false);
    expect(isFound(rule, whom, '2000-02-29')).toBe(false);
  });

  it('fire exactly once for each year’s anniversary, whatever the offset', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2005-12-31'), noInvalidDate: true }),
        fc.integer({ min: -40, max: 40 }),
        (birth, offsetDays) => {
          const rule = dateRule({ dateField: 'birth_date', isYearly: true, offsetDays });
          const whom = customer({}, utcDayOf(birth));
          let count = 0;
          // Every day whose target lies in 2027.
          for (let target = '2027-01-01'; target <= '2027-12-31'; target = addDays(target, 1)) {
            if (isFound(rule, whom, addDays(target, offsetDays))) count += 1;
          }
          expect(count).toBe(1);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('ask the condition of the customer', () => {
    const rule = dateRule({ condition: { field: 'attributes.balance', op: 'gt', value: 5 } });
    expect(isFound(rule, customer({ maturityAt: '2026-07-01', balance: 6 }), '2026-07-01')).toBe(true);
    expect(isFound(rule, customer({ maturityAt: '2026-07-01', balance: 5 }), '2026-07-01')).toBe(false);
  });
});
