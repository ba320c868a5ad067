import fc from 'fast-check';
import { GONE, type BenefitStock } from '../../benefit-stocks/domain/benefit-stock';
import { unitsAt } from '../../benefit-stocks/domain/day-units';
import { CapacityBook } from '../../domain/capacity-book';
import { openLedger } from '../../domain/push-terms';
import { reasonOf } from '../../domain/reason';
import type { DayPromises } from '../../domain/stock-promise';
import type { Strategy } from '../../domain/strategy';
import {
  aBook,
  aCustomer,
  anAction,
  aPolicy,
  aSituation,
  aStrategy,
  aTreatment,
  DAY_MS,
  NOW,
} from '../../testing/decision.factory';
import { DayLedger } from './day-ledger';
import { DayRun } from './day-run';
import { MomentCalendar } from './moment-calendar';
import { OwnUnits } from './own-units';
import { World } from './world';

// Goal: over simulated days a benefit gives no more than it has, and where it has enough it changes nothing.

const DRAFT = 'draft';
const QUEUE_UNITS = 3;
/** Tuesday the 3rd of March, ten in the morning in Shanghai, and the days after. */
const momentOf = (day: number): Date => new Date(NOW.getTime() + (day + 1) * DAY_MS);
const dateOf = (day: number): string => momentOf(day).toISOString().slice(0, 10);

interface Play {
  strategies: Strategy[];
  stocks: Record<string, Partial<BenefitStock>>;
  promises?: Record<string, DayPromises[]>;
  /** Customer → what each action is likely to bring, by its place. */
  likely: number[][];
  dayCount: number;
  share?: number;
}

interface Played {
  /** Day → customer → action, or nothing. */
  given: (string | undefined)[][];
  /** Day → customer → why the draft did not reach it. */
  reasons: string[][];
  /** Day → of each limit that was gone: how many wanted it, and how many contacts of each strategy use it. */
  gone: Record<string, { wanted: number; contacts: Record<string, number> }>[];
}

async function play({ strategies, stocks, promises = {}, likely, dayCount, share = 1 }: Play): Promise<Played> {
  const world = new World(strategies, new Set());
  const ledger = new DayLedger();
  const periodOf = (id: string): string => (id.startsWith('queue:') ? String(world.days.length) : '');
  const known = Object.entries(stocks).map(([id, stock]): [string, BenefitStock] => [
    id,
    { ...GONE, isOpen: true, timeZone: 'Asia/Shanghai', ...stock },
  ]);
  const asked = { stocks: new Map(known), promisesOf: (id: string) => promises[id] ?? [], askedAt: NOW };
  const slots = strategies.flatMap(({ actions }) => actions.map(({ modelSlot }) => modelSlot));
  const played: Played = { given: [], reasons: [], gone: [] };
  for (let day = 0; day < dayCount; day += 1) {
    const units = unitsAt(asked, momentOf(day));
    const book = aBook([{ queue: 'rb', units: QUEUE_UNITS }]);
    const run = new DayRun({
      world,
      strategyId: DRAFT,
      lines: ledger.left(openLedger(world.candidates, { limits: [], costs: [] }, book, units), share, periodOf),
      situation: aSituation(aPolicy(), momentOf(day)),
      customerCount: likely.length,
      index: day,
      moments: new MomentCalendar(dayCount, likely.length),
    });
    likely.forEach((of, customer) =>
      run.add(customer, aCustomer({ customerId: `c-${customer}` }), {
        of: (slot) => of[slots.indexOf(slot)] ?? 0,
        neutralOf: () => 0,
      }),
    );
    const own = new OwnUnits(CapacityBook.of([]), share);
    const { choices, uses } = await run.finish(own, () => Promise.resolve());
    ledger.take(run.lines, uses, periodOf);
    const isOwn = (choice: number): boolean => world.candidates[choice]?.strategy.strategyId === DRAFT;
    played.given.push([...choices].map((choice) => world.candidates[choice]?.action.actionId));
    played.reasons.push([...choices].map((choice, at) => (isOwn(choice) ? '' : reasonOf(run.reasonOf(at)))));
    const gone = [...run.shortage.countByLimit].map(([id, wanted]) => {
      const contacts = Object.fromEntries(ledger.contactsOf(id, periodOf));
      return [id, { wanted, contacts }] as const;
    });
    played.gone.push(Object.fromEntries(gone));
    world.addDay(momentOf(day), choices);
  }
  return played;
}

/** Each action brings a stock, or nothing; the slot of its model tells it apart. */
const offering = (strategyId: string, stockIds: string[], more: Partial<Strategy> = {}): Strategy =>
  aStrategy({
    strategyId,
    actions: stockIds.map((benefitStockId, index) =>
      anAction({
        actionId: `${strategyId}-${index}`,
        modelSlot: `${strategyId}-${index}`,
        treatments: [aTreatment({ benefitStockId })],
      }),
    ),
    ...more,
  });
const calling = (): Strategy =>
  offering('calls', [], {
    actions: [
      anAction({
        actionId: 'call',
        modelSlot: 'call',
        treatments: [aTreatment({ channel: 'remote_bank', queue: 'rb' })],
      }),
    ],
  });

const STOCKS = ['a', 'b', 'pack'];
const strategies = [offering(DRAFT, ['a', 'pack']), offering('live', ['a', 'b', '']), calling()];
const likelyArb = fc.array(fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), {
  minLength: 1,
  maxLength: 25,
});
const stockArb = fc.record({ leftCount: fc.nat(30), dailyLimit: fc.constantFrom(0, 1, 4, 50) });
const promiseArb = fc.array(fc.record({ day: fc.nat(4), promisedCount: fc.nat(5) }), { maxLength: 3 });
/** What an offer of an action takes. */
const TAKEN: Record<string, string[]> = {
  'draft-0': ['a'],
  'draft-1': ['pack', 'b'],
  'live-0': ['a'],
  'live-1': ['b'],
};

it('gives no more units of a stock than there are, on each day and on all of them, whatever is promised already', async () => {
  const given = fc.record({
    stocks: fc.record({ a: stockArb, b: stockArb, pack: stockArb }),
    promised: fc.record({ a: promiseArb, b: promiseArb, pack: promiseArb }),
    likely: likelyArb,
    dayCount: fc.integer({ min: 1, max: 4 }),
    share: fc.constantFrom(1, 1, 0.5, 0.13),
  });
  await fc.assert(
    fc.asyncProperty(given, async ({ stocks, promised, likely, dayCount, share }) => {
      const whole = { ...stocks.pack, partIds: ['b'], isWhole: true };
      const promises = Object.fromEntries(
        STOCKS.map((id) => {
          const ofStock = promised[id as 'a'].map(({ day, promisedCount }) => ({ day: dateOf(day), promisedCount }));
          const days = [...new Set(ofStock.map(({ day }) => day))];
          const sumOn = (on: string): number =>
            ofStock.filter(({ day }) => day === on).reduce((sum, one) => sum + one.promisedCount, 0);
          return [id, days.map((day) => ({ day, promisedCount: sumOn(day), claimedCount: 0 }))];
        }),
      );
      const all = { ...stocks, pack: whole };
      const { given: days } = await play({ strategies, stocks: all, promises, likely, dayCount, share });
      for (const id of STOCKS) {
        const { leftCount, dailyLimit } = stocks[id as 'a'];
        const ofStock = promises[id] ?? [];
        const taken = days.map((day) => day.filter((action) => TAKEN[action ?? '']?.includes(id)).length);
        const inAll = Math.max(0, leftCount - ofStock.reduce((sum, { promisedCount }) => sum + promisedCount, 0));
        // Of a sample its share, but for what is rounded.
        const shareOf = (units: number): number => Math.min(units, share === 1 ? units : units * share + 1);
        expect(taken.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(shareOf(inAll));
        taken.forEach((count, day) => {
          if (dailyLimit === 0) return;
          const ofDay = ofStock.find((one) => one.day === dateOf(day))?.promisedCount ?? 0;
          expect(count).toBeLessThanOrEqual(shareOf(Math.max(0, dailyLimit - ofDay)));
        });
      }
    }),
    { numRuns: 80 },
  );
});

it('plays a stock that has enough for everybody as if it had no end', async () => {
  await fc.assert(
    fc.asyncProperty(likelyArb, fc.integer({ min: 1, max: 3 }), async (likely, dayCount) => {
      const enough = { leftCount: likely.length * dayCount, dailyLimit: likely.length };
      const stocks = { a: enough, b: enough, pack: { ...enough, partIds: ['b'], isWhole: true } };
      const limited = await play({ strategies, stocks, likely, dayCount });
      expect(limited).toEqual(await play({ strategies, stocks: {}, likely, dayCount }));
    }),
    { numRuns: 50 },
  );
});

const one = [offering(DRAFT, ['a'])];
const RISING = Array.from({ length: 6 }, (_, customer) => [0.1 + customer / 10]);

it('gives what a day has to those worth most, what was given before is gone, and who loses is told that it ran out', async () => {
  const { given, reasons } = await play({
    strategies: one,
    stocks: { a: { leftCount: 5, dailyLimit: 2 } },
    promises: { a: [{ day: dateOf(1), promisedCount: 1, claimedCount: 0 }] },
    likely: RISING,
    dayCount: 4,
  });
  // Four in all, one of the second day's two is promised; on the fourth day nothing is left.
  expect(given.map((day) => day.map((action) => (action === undefined ? 0 : 1)))).toEqual([
    [0, 0, 0, 0, 1, 1],
    [0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0, 1],
    [0, 0, 0, 0, 0, 0],
  ]);
  expect(new Set(reasons.flat())).toEqual(new Set(['', 'BENEFIT_EXHAUSTED']));
});

it('gives a sample its share', async () => {
  const stocks = { a: { leftCount: 16, dailyLimit: 12 } };
  const { given } = await play({ strategies: one, stocks, likely: RISING, dayCount: 2, share: 0.25 });
  expect(given.map((day) => day.filter(Boolean).length)).toEqual([3, 1]);
});

it('takes nothing outside the claim window, and counts it from the days after', async () => {
  const stocks = { a: { leftCount: 4, claimStartsAt: momentOf(1), claimEndsAt: momentOf(2) } };
  const { given } = await play({ strategies: one, stocks, likely: RISING, dayCount: 3 });
  expect(given.map((day) => day.filter(Boolean).length)).toEqual([0, 4, 0]);
});

it('says which other strategy uses what the draft wanted, while it lasts and after', async () => {
  const both = [offering(DRAFT, ['a']), offering('live', ['a', ''])];
  const { gone, reasons } = await play({
    strategies: both,
    stocks: { a: { leftCount: 3 } },
    // The first three would bring more to the live strategy, the others have nothing else.
    likely: [...RISING.slice(0, 3).map(() => [0.3, 0.9, 0]), ...RISING.slice(3).map(([p]) => [p!, 0, 0.05])],
    dayCount: 2,
  });
  expect(reasons[0]).toEqual(['OUTRANKED', 'OUTRANKED', 'OUTRANKED', 'OUTRANKED', 'OUTRANKED', 'OUTRANKED']);
  const ofStock = (contacts: number) => ({ 'stock:a': { wanted: 3, contacts: { live: contacts } } });
  expect(gone[0]).toEqual(ofStock(3));
  expect(gone[1]).toEqual({ 'stock:a': { wanted: 6, contacts: { live: 3 } } });
  expect(new Set(reasons[1])).toEqual(new Set(['BENEFIT_EXHAUSTED']));
});
