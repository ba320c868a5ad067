import fc from 'fast-check';
import { aPlan, aVisit, noSubsidy } from '../testing/traffic.factory';
import { addDays } from '../../domain/opening-hours';
import { Persons } from '@tidegate/persons';
import {
  attributedVisit,
  DAYS_HELD_MAX,
  earn,
  NOTHING_EARNED,
  redemptionSubsidy,
  reversedPart,
  takeBack,
} from './subsidy';

const noLimit = { dailyLimitMinor: 0, totalLimitMinor: 0 };
const amount = fc.integer({ min: 0, max: 1_000_000 });
const redemption = {
  redemptionId: 'r-1',
  customerId: 'c-1',
  merchantId: 'noodle-bar',
  storeId: 'noodle-bar-1',
  amountMinor: 999,
  currency: 'CNY',
  redeemedAt: new Date('2026-11-21T04:00:00Z'),
  businessDate: '2026-11-21',
};

describe('earning', () => {
  it('never passes the limits of a day or of all days in whatever order days are told, and loses nothing below them', () => {
    const limits = fc.record({ dailyLimitMinor: amount, totalLimitMinor: amount });
    const earnings = fc.array(fc.record({ amount, day: fc.constantFrom('2026-11-20', '2026-11-21', '2026-11-22') }));
    fc.assert(
      fc.property(limits, earnings, (limit, all) => {
        let totals = NOTHING_EARNED;
        const byDay = new Map<string, number>();
        let wanted = 0;
        for (const { amount: ruleAmount, day } of all) {
          const earned = earn(ruleAmount, totals, limit, day);
          totals = earned.totals;
          wanted += ruleAmount;
          byDay.set(day, (byDay.get(day) ?? 0) + earned.amountMinor);
        }
        const sum = [...byDay.values()].reduce((left, right) => left + right, 0);
        expect(totals.totalMinor).toBe(sum);
        if (limit.totalLimitMinor > 0) expect(sum).toBeLessThanOrEqual(limit.totalLimitMinor);
        if (limit.dailyLimitMinor > 0)
          expect(Math.max(0, ...byDay.values())).toBeLessThanOrEqual(limit.dailyLimitMinor);
        if (limit.totalLimitMinor === 0 && limit.dailyLimitMinor === 0) expect(sum).toBe(wanted);
      }),
    );
  });

  it('gives back to the day it was earned on only', () => {
    const { totals } = earn(500, NOTHING_EARNED, noLimit, '2026-11-22');
    expect(takeBack(totals, 200, '2026-11-22')).toEqual({ totalMinor: 300, days: [{ day: '2026-11-22', minor: 300 }] });
    expect(takeBack(totals, 200, '2026-11-21')).toEqual({ totalMinor: 300, days: [{ day: '2026-11-22', minor: 500 }] });
  });

  it('gives nothing for a day that is long forgotten', () => {
    const dates = Array.from({ length: DAYS_HELD_MAX + 1 }, (_, index) => addDays('2026-01-01', index));
    const totals = dates.reduce((before, day) => earn(1, before, noLimit, day).totals, NOTHING_EARNED);
    expect(totals.days).toHaveLength(DAYS_HELD_MAX);
    const limits = { dailyLimitMinor: 100, totalLimitMinor: 0 };
    expect(earn(50, totals, limits, '2026-01-01').amountMinor).toBe(0);
    expect(earn(50, totals, limits, '2026-01-02').amountMinor).toBe(50);
  });
});

describe('the rule of redemptions', () => {
  const rule = { ...noSubsidy(), currency: 'CNY', perRedemptionMinor: 50, redemptionBasisPoints: 1_000 };

  it('adds a fixed amount and a share, rounded down', () => {
    expect(redemptionSubsidy(rule, redemption)).toBe(50 + 99);
    expect(redemptionSubsidy(rule, { ...redemption, currency: 'USD' })).toBe(0);
  });

  it('takes all of it back with a redemption that is wholly reversed, in whatever parts', () => {
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 6 }),
        (subsidy, parts) => {
          const whole = parts.reduce((left, right) => left + right, 0);
          let [reversed, taken] = [0, 0];
          for (const part of parts) {
            reversed += part;
            const next = reversedPart(subsidy, whole, reversed);
            expect(next).toBeGreaterThanOrEqual(taken);
            taken = next;
          }
          expect(taken).toBe(subsidy);
        },
      ),
    );
  });
});

describe('attribution', () => {
  const plan = aPlan({ subsidy: { ...noSubsidy(), currency: 'CNY', attributionDays: 1 } });
  const plans = new Map([[plan.planId, plan]]);
  const links = ['c-1', 'c-1-too'].map((customerId) => ({ customerId, personKey: 'one', version: 1 }));
  const persons = new Persons(links);

  it('owes a redemption to the last visit that counts', () => {
    const late = aVisit({ visitId: 'v-2', visitedAt: new Date('2026-11-21T03:00:00Z'), businessDate: '2026-11-21' });
    expect(attributedVisit(redemption, [late, aVisit()], plans, persons)?.visit).toBe(late);
    expect(attributedVisit(redemption, [aVisit()], plans, persons)?.plan).toBe(plan);
    const other = aVisit({ customerId: 'c-1-too' });
    expect(attributedVisit(redemption, [other], plans, persons)?.visit).toBe(other);
  });

  it.each([
    ['of another customer', { customerId: 'c-2' }],
    ['at another store', { placeId: 'noodle-bar-2' }],
    ['of another direction', { direction: 'store_to_outlet' as const }],
    ['of a plan that is gone', { planId: 'spring' }],
    ['after it', { visitedAt: new Date('2026-11-21T04:02:01Z'), businessDate: '2026-11-21' }],
    ['too long ago', { businessDate: '2026-11-19' }],
  ])('owes nothing to a visit %s', (_what, change) => {
    expect(attributedVisit(redemption, [aVisit(change)], plans, persons)).toBeNull();
  });
});
