import fc from 'fast-check';
import { aBudget, aReservation, noLimits } from '../testing/budget.factory';
import { budgetIdOf, NOTHING_USED, putLimits, useOn, type Budget } from './budget';
import { charge, refusalOf, release, reserve, reverse, type Reservation, type Settlement } from './reservation';

const asMap = (...budgets: Budget[]) => new Map(budgets.map((budget) => [budgetIdOf(budget), budget]));

it.each([
  ['daily_count', { dailyCount: 1 }],
  ['total_count', { totalCount: 1 }],
  ['daily_amount', { dailyAmountMinor: 1_999 }],
  ['total_amount', { totalAmountMinor: 1_999 }],
])('names the limit that is met: %s', (limit, limits) => {
  const budgets = asMap(aBudget(), aBudget({ storeId: 'noodle-bar-1', limits: { ...noLimits, ...limits } }));
  const first = reserve(aReservation(), null, budgets);
  for (const budget of first.budgets) budgets.set(budgetIdOf(budget), budget);
  const second = reserve(aReservation({ holdId: 'hold-2' }), null, budgets);
  expect(second.budgets).toEqual([]);
  expect(refusalOf(second.reservation)).toMatchObject({
    code: 'FAILED_PRECONDITION',
    reason: 'BUDGET_EXHAUSTED',
    metadata: { owner: 'store', limit },
  });
  const repeat = reserve(aReservation({ holdId: 'hold-2' }), second.reservation, asMap(aBudget()));
  expect(repeat.reservation.state).toBe('refused');
});

it('takes nothing of another currency', () => {
  const budget = aBudget({ limits: { ...noLimits, totalCount: 5 } });
  const { reservation, budgets } = reserve(aReservation({ currency: 'USD' }), null, asMap(budget));
  expect(refusalOf(reservation)).toMatchObject({ reason: 'BUDGET_CURRENCY_MISMATCH' });
  expect(budgets).toEqual([]);
});

it('refuses nothing without limits, and counts of its own currency alone, also when that changes', () => {
  const budgets = asMap(aBudget({ currency: 'USD' }), aBudget({ storeId: 'noodle-bar-1' }));
  const held = reserve(aReservation(), null, budgets);
  expect(held.reservation.state).toBe('reserved');
  expect(held.budgets.map(budgetIdOf)).toEqual(['store:noodle-bar-1']);
  for (const budget of held.budgets) budgets.set(budgetIdOf(budget), budget);
  const { currency, ...terms } = aBudget();
  const changed = putLimits({ ...terms, currency }, budgets.get('merchant:noodle-bar'), new Date(0));
  budgets.set('merchant:noodle-bar', changed);
  const released = release(held.reservation, budgets);
  expect(released.budgets.map(({ storeId, use }) => [storeId, use.usedCount])).toEqual([['noodle-bar-1', 0]]);
});

it('gives nothing back to a budget that was set up after the sale, or has another currency since', () => {
  const held = reserve(aReservation(), null, asMap(aBudget())).reservation;
  const later = aBudget({ storeId: 'noodle-bar-1' });
  expect(release(held, asMap(later)).budgets).toEqual([]);
  const lost = release(held, asMap(aBudget())).reservation;
  const redeemed = [{ redemptionId: 'r-1', amountMinor: 900 }];
  expect(charge(lost, redeemed, asMap(aBudget({ currency: 'USD' }), later)).budgets).toEqual([]);
});

it('keeps the currency while anything is used, and what is used whatever the limits', () => {
  const limits = { ...noLimits, dailyCount: 1 };
  const used = aBudget({ use: { ...NOTHING_USED, usedCount: 1, usedAmountMinor: 5 } });
  const terms = { ...aBudget(), limits };
  expect(putLimits(terms, used, new Date(5))).toEqual({ ...used, limits, changedAt: new Date(5) });
  expect(() => putLimits({ ...terms, currency: 'USD' }, used, new Date(5))).toThrow(
    expect.objectContaining({ reason: 'BUDGET_CURRENCY_FIXED' }),
  );
  const unused = aBudget({ use: { ...NOTHING_USED, day: '2026-11-21' } });
  expect(putLimits({ ...terms, currency: 'USD' }, unused, new Date(5))).toMatchObject({
    currency: 'USD',
    use: NOTHING_USED,
  });
  expect(putLimits(terms, undefined, new Date(5)).use).toEqual(NOTHING_USED);
});

it('forgets yesterday’s use of a day, not the use in all', () => {
  const use = { usedCount: 3, usedAmountMinor: 30, day: '2026-11-21', dayCount: 2, dayAmountMinor: 20 };
  expect(useOn(use, '2026-11-22')).toEqual({ ...use, day: '2026-11-22', dayCount: 0, dayAmountMinor: 0 });
  expect(useOn(use, '2026-11-21')).toEqual(use);
});

it('counts a hold that was given up and committed after all', () => {
  const budgets = asMap(aBudget());
  const apply = ({ reservation, budgets: changed }: Settlement): Reservation => {
    for (const budget of changed) budgets.set(budgetIdOf(budget), budget);
    return reservation;
  };
  const held = apply(reserve(aReservation(), null, budgets));
  const lost = apply(release(held, budgets));
  apply(charge(lost, [{ redemptionId: 'r-1', amountMinor: 900 }], budgets));
  expect(budgets.get('merchant:noodle-bar')?.use).toMatchObject({ usedCount: 1, usedAmountMinor: 900 });
});

it('charges nothing for what was reversed before, and all else of the sale', () => {
  const budgets = asMap(aBudget());
  const apply = ({ reservation, budgets: changed }: Settlement): Reservation => {
    for (const budget of changed) budgets.set(budgetIdOf(budget), budget);
    return reservation;
  };
  const held = apply(reserve(aReservation({ count: 2 }), null, budgets));
  const early = apply(reverse(apply(reverse(held, 'r-1', budgets)), 'r-1', budgets));
  const redeemed = ['r-1', 'r-2'].map((redemptionId, index) => ({ redemptionId, amountMinor: 400 + index }));
  const charged = apply(charge(early, redeemed, budgets));
  const { use } = budgets.get('merchant:noodle-bar')!;
  expect(use).toMatchObject({ usedCount: 1, usedAmountMinor: 401, dayCount: 1, dayAmountMinor: 401 });
  apply(reverse(apply(reverse(charged, 'r-1', budgets)), 'r-2', budgets));
  expect(budgets.get('merchant:noodle-bar')!.use).toMatchObject({ usedCount: 0, usedAmountMinor: 0 });
});

describe('whatever happens in whatever order', () => {
  const days = ['2026-11-21', '2026-11-22', '2026-11-23'];
  const reversed = new Set<string>();
  const step = fc.record({
    kind: fc.constantFrom('reserve', 'charge', 'release', 'reverse'),
    hold: fc.nat(5),
    amount: fc.integer({ min: 1, max: 900 }),
  });
  const limits = fc.record({
    dailyCount: fc.nat(4),
    totalCount: fc.nat(6),
    dailyAmountMinor: fc.nat(2_000),
    totalAmountMinor: fc.nat(3_000),
  });

  it('passes no limit, and its use is what the reservations say', () => {
    fc.assert(
      fc.property(limits, fc.array(step, { maxLength: 40 }), (limit, steps) => {
        const budgets = asMap(aBudget({ limits: limit }), aBudget({ storeId: 'noodle-bar-1' }));
        reversed.clear();
        const all = new Map<string, Reservation>();
        for (const [index, { kind, hold, amount }] of steps.entries()) {
          const day = days[Math.floor((index * days.length) / steps.length)]!;
          const holdId = `hold-${hold}`;
          const known = all.get(holdId) ?? null;
          const settlement = settle(kind, { holdId, day, amount }, known, budgets);
          if (!settlement) continue;
          all.set(holdId, settlement.reservation);
          for (const budget of settlement.budgets) budgets.set(budgetIdOf(budget), budget);
        }
        const counted = [...all.values()].filter(({ state }) => state === 'reserved' || state === 'charged');
        const left = counted.map(({ amountMinor, redemptions }) => (redemptions[0]?.isReversed ? 0 : amountMinor));
        for (const { holdId, redemptions } of counted) {
          for (const { isReversed } of redemptions) expect(isReversed).toBe(reversed.has(holdId));
        }
        const use = budgets.get('merchant:noodle-bar')!.use;
        expect(use.usedAmountMinor).toBe(left.reduce((sum, amount) => sum + amount, 0));
        expect(use.usedCount).toBe(left.filter((amount) => amount > 0).length);
        if (limit.totalCount > 0) expect(use.usedCount).toBeLessThanOrEqual(limit.totalCount);
        if (limit.totalAmountMinor > 0) expect(use.usedAmountMinor).toBeLessThanOrEqual(limit.totalAmountMinor);
        if (limit.dailyAmountMinor > 0) expect(use.dayAmountMinor).toBeLessThanOrEqual(limit.dailyAmountMinor);
        if (limit.dailyCount > 0) expect(use.dayCount).toBeLessThanOrEqual(limit.dailyCount);
        expect(budgets.get('store:noodle-bar-1')!.use).toEqual(use);
      }),
      { numRuns: 500 },
    );
  });

  function settle(
    kind: string,
    { holdId, day, amount }: { holdId: string; day: string; amount: number },
    known: Reservation | null,
    budgets: Map<string, Budget>,
  ): Settlement | null {
    if (kind === 'reserve') return reserve(aReservation({ holdId, day, amountMinor: amount }), known, budgets);
    if (!known) return null;
    if (kind === 'release') return release(known, budgets);
    if (kind === 'reverse') reversed.add(holdId);
    if (kind === 'reverse') return reverse(known, `r-${holdId}`, budgets);
    // The wallet commits what is held only.
    if (known.state !== 'reserved') return null;
    const amountMinor = Math.min(amount, known.amountMinor);
    return charge(known, [{ redemptionId: `r-${holdId}`, amountMinor }], budgets);
  }
});
