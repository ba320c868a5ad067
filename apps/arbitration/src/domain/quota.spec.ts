import fc from 'fast-check';
import {
  aBook,
  aCustomer,
  anAction,
  aPolicy,
  aQuietRule,
  aSituation,
  aStrategy,
  aTreatment,
  NOW,
} from '../testing/decision.factory';
import { CapacityBook } from './capacity-book';
import { ScarceBook } from './scarce-book';
import { decide } from './decide';
import type { ReservationState } from './decision';
import { freeAmount, inPeriod, writeQuota, type Quota, type QuotaTake, type QuotaTerms } from './quota';
import { QuotaBook } from './quota-book';
import { quotaUsesOf } from './quota-uses';

const ZONE = 'Asia/Shanghai';
const terms = (overrides: Partial<QuotaTerms> = {}): QuotaTerms => ({
  quotaId: 'q',
  name: 'Rate vouchers',
  kind: 'product',
  limitAmount: 10,
  currency: '',
  period: 'total',
  orgPath: 'hq',
  ...overrides,
});
const quota = (overrides: Partial<Quota> = {}): Quota => ({
  ...writeQuota(null, terms(), 0, { timeZone: ZONE, now: NOW }),
  ...overrides,
});
const bookOf = (...quotas: Quota[]): QuotaBook => new QuotaBook(new Map(quotas.map((each) => [each.quotaId, each])));

describe('the terms of a quota', () => {
  const at = { timeZone: ZONE, now: NOW };

  it('change by the version that was read, and keep what was taken', () => {
    const taken = quota({ reservedAmount: 3, usedAmount: 2 });
    expect(writeQuota(taken, terms({ limitAmount: 5 }), 1, at)).toMatchObject({
      version: 2,
      limitAmount: 5,
      usedAmount: 2,
    });
    expect(() => writeQuota(taken, terms({ limitAmount: 4 }), 1, at)).toThrow(
      expect.objectContaining({ reason: 'QUOTA_BELOW_TAKEN', metadata: { taken: '5' } }),
    );
    expect(() => writeQuota(taken, terms(), 0, at)).toThrow(expect.objectContaining({ reason: 'VERSION_CONFLICT' }));
    expect(() => writeQuota(taken, terms({ period: 'day' }), 1, at)).toThrow(
      expect.objectContaining({ reason: 'QUOTA_FIXED' }),
    );
  });

  it('count days and months of the bank', () => {
    const daily = quota({ period: 'day', periodKey: '2026-03-02', usedAmount: 9 });
    // Half past eleven in the evening, and half past midnight of the next day, in Shanghai.
    expect(freeAmount(inPeriod(daily, ZONE, new Date('2026-03-02T15:30:00Z')))).toBe(1);
    expect(freeAmount(inPeriod(daily, ZONE, new Date('2026-03-02T16:30:00Z')))).toBe(10);
    const monthly = quota({ period: 'month', periodKey: '2026-03', usedAmount: 9 });
    expect(freeAmount(inPeriod(monthly, ZONE, new Date('2026-03-31T15:59:00Z')))).toBe(1);
    expect(inPeriod(monthly, ZONE, new Date('2026-03-31T16:00:00Z'))).toMatchObject({
      periodKey: '2026-04',
      usedAmount: 0,
    });
  });

  it('are not begun anew by a replica whose clock is behind', () => {
    const exhausted = quota({ period: 'day', periodKey: '2026-03-03', usedAmount: 10 });
    const behind = new Date('2026-03-02T15:59:00Z');
    expect(inPeriod(exhausted, ZONE, behind)).toMatchObject({ periodKey: '2026-03-03', usedAmount: 10 });
  });
});

describe('a book of quotas', () => {
  it('has no room in a quota that there is not', () => {
    expect(bookOf().hasRoom([{ quotaId: 'gone', amount: 1 }])).toBe(false);
    expect(bookOf().hasRoom([])).toBe(true);
  });

  it('leaves a period alone that is over', () => {
    const today = quota({ period: 'day', periodKey: '2026-03-03', reservedAmount: 4 });
    bookOf(today).follow([{ quotaId: 'q', amount: 2, periodKey: '2026-03-02' }], 'reserved', 'released');
    expect(today.reservedAmount).toBe(4);
  });

  it('never goes beyond the limit nor below nothing, whatever comes of decisions', () => {
    const moves: Record<ReservationState, ReservationState[]> = {
      none: [],
      reserved: ['committed', 'released', 'expired'],
      released: ['committed'],
      expired: ['committed'],
      committed: [],
    };
    const step = fc.record({ amount: fc.integer({ min: 1, max: 4 }), pick: fc.nat(), isMove: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const held = quota();
        const book = bookOf(held);
        const decisions: { takes: ReturnType<QuotaBook['take']>; state: ReservationState }[] = [];
        let late = 0;
        for (const { amount, pick, isMove } of steps) {
          const decision = decisions[pick % Math.max(1, decisions.length)];
          if (isMove && decision !== undefined) {
            const next = moves[decision.state][pick % Math.max(1, moves[decision.state].length)] ?? decision.state;
            book.follow(decision.takes, decision.state, next);
            if (decision.state !== 'reserved' && next === 'committed' && decision.state !== next)
              late += decision.takes[0]?.amount ?? 0;
            decision.state = next;
          } else if (book.hasRoom([{ quotaId: 'q', amount }])) {
            decisions.push({ takes: book.take([{ quotaId: 'q', amount }]), state: 'reserved' });
          }
          const sum = (state: ReservationState): number =>
            decisions
              .filter((each) => each.state === state)
              .reduce((all, { takes }) => all + (takes[0]?.amount ?? 0), 0);
          expect(held.reservedAmount).toBe(sum('reserved'));
          expect(held.usedAmount).toBe(sum('committed'));
          // Only a contact that took place after its promise had ended may overstep: it happened.
          expect(held.reservedAmount + held.usedAmount - late).toBeLessThanOrEqual(held.limitAmount);
        }
      }),
    );
  });
});

describe('a quota of days', () => {
  const days = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'];
  const noonOf = (day: string): Date => new Date(`${day}T12:00:00+08:00`);

  it('counts each contact on its own day, whatever day it is when it is promised and when it is settled', () => {
    const step = fc.record({ at: fc.nat(3), isNewDay: fc.boolean(), isTaken: fc.boolean(), pick: fc.nat() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let held = quota({ period: 'day', periodKey: '2026-03-02', limitAmount: 3 });
        let today = 0;
        const promised: { at: number; takes: QuotaTake[]; state: ReservationState }[] = [];
        const takenOn = (at: number): number =>
          promised.filter((one) => one.at === at && one.state !== 'released').length;
        for (const { at, isNewDay, isTaken, pick } of steps) {
          if (isNewDay && today < 3) held = inPeriod(held, ZONE, noonOf(days[(today += 1)]!));
          const book = bookOf(held);
          const on = Math.max(at, today);
          const one = promised[pick % Math.max(1, promised.length)];
          if (isTaken) {
            const uses = [{ quotaId: 'q', amount: 1 }];
            const day = on === today && pick % 2 === 0 ? undefined : days[on];
            expect(book.hasRoom(uses, day)).toBe(takenOn(on) < 3);
            if (book.hasRoom(uses, day)) promised.push({ at: on, takes: book.take(uses, day), state: 'reserved' });
          } else if (one?.state === 'reserved') {
            const state = pick % 3 === 0 ? 'committed' : 'released';
            book.follow(one.takes, one.state, state);
            if (one.at >= today || state === 'committed') one.state = state;
          }
          for (let day = today; day < days.length; day += 1) {
            expect(book.freeOnDays('q', [days[day]!])).toBe(3 - takenOn(day));
          }
        }
      }),
    );
  });

  it('has what its days have left together, each once, and a month its own', () => {
    const daily = bookOf(quota({ period: 'day', periodKey: '2026-03-02', usedAmount: 4 }));
    daily.take([{ quotaId: 'q', amount: 7 }], '2026-03-04');
    expect(daily.freeOnDays('q', [...days, ...days])).toBe(6 + 10 + 3 + 10);
    expect(daily.freeOnDays('q', [])).toBe(6);
    const monthly = bookOf(quota({ period: 'month', periodKey: '2026-03', usedAmount: 4 }));
    monthly.take([{ quotaId: 'q', amount: 7 }], '2026-04-01');
    expect(monthly.freeOnDays('q', [...days, '2026-04-01', '2026-04-30'])).toBe(6 + 3);
    expect(monthly.freeOnDays('gone', days)).toBe(0);
  });

  it('is not lowered below what is promised of a later day, and says of which', () => {
    const daily = quota({ period: 'day', periodKey: '2026-03-02', usedAmount: 5 });
    bookOf(daily).take([{ quotaId: 'q', amount: 7 }], '2026-03-04');
    bookOf(daily).take([{ quotaId: 'q', amount: 6 }], '2026-03-05');
    const lowered = terms({ period: 'day', limitAmount: 4 });
    expect(() => writeQuota(daily, lowered, 1, { timeZone: ZONE, now: NOW })).toThrow(
      expect.objectContaining({ reason: 'QUOTA_BELOW_TAKEN', metadata: { taken: '7', period: '2026-03-04' } }),
    );
  });

  it('is spent by a copy alone', () => {
    const book = bookOf(quota({ period: 'day', periodKey: '2026-03-02' }));
    book.take([{ quotaId: 'q', amount: 1 }], '2026-03-04');
    book.copy().take([{ quotaId: 'q', amount: 1 }], '2026-03-04');
    expect(book.freeOnDays('q', ['2026-03-04'])).toBe(9);
  });

  it('is used on the day on which quiet hours end', () => {
    const treatment = aTreatment({ quotaUses: [{ quotaId: 'q', amount: 1 }] });
    const action = anAction({ treatments: [treatment] });
    const policy = aPolicy({ quietHours: [aQuietRule({ fromMinute: 21 * 60, toMinute: 8 * 60, mode: 'queue' })] });
    const held = quota({ period: 'day', periodKey: '2026-03-02', usedAmount: 10 });
    const { choices } = decide({
      customer: aCustomer(),
      candidates: [{ strategy: aStrategy({ actions: [action] }), action, treatment }],
      situation: aSituation(policy, new Date('2026-03-02T22:00:00+08:00')),
      book: new ScarceBook(CapacityBook.of([]), new Map(), bookOf(held)),
      propensityOf: () => 1,
      maxActions: 1,
      decisionIdOf: () => 'd',
      canQueue: true,
    });
    expect(choices[0]?.quotaTakes).toEqual([{ quotaId: 'q', amount: 1, periodKey: '2026-03-03' }]);
  });
});

describe('a candidate of an exhausted quota', () => {
  it('is not offered, and another takes its place', () => {
    const dear = anAction({
      actionId: 'dear',
      valueMinor: 900,
      treatments: [aTreatment({ quotaUses: [{ quotaId: 'q', amount: 6 }] })],
    });
    const cheap = anAction({ actionId: 'cheap', valueMinor: 1, treatments: [aTreatment()] });
    const strategy = aStrategy({ actions: [dear, cheap] });
    const candidates = [dear, cheap].map((action) => ({ strategy, action, treatment: action.treatments[0]! }));
    const book = new ScarceBook(CapacityBook.of([]), new Map(), bookOf(quota()));
    const choose = () =>
      decide({
        customer: aCustomer(),
        candidates,
        situation: aSituation(),
        book,
        propensityOf: () => 1,
        maxActions: 1,
        decisionIdOf: () => 'd',
      });
    expect(choose().choices[0]?.contact.actionId).toBe('dear');
    const second = choose();
    expect(second.results.map(({ reason }) => reason)).toEqual(['QUOTA_EXHAUSTED', 'CHOSEN']);
    expect(second.choices[0]?.quotaTakes).toEqual([]);
    expect(aBook().quotas.hasRoom([{ quotaId: 'q', amount: 1 }])).toBe(false);
  });
});

describe('what a strategy takes', () => {
  it('is added up by action and channel', () => {
    const uses = [
      { quotaId: 'volume', amount: 1, actionIds: [], channels: [] },
      { quotaId: 'budget', amount: 50, actionIds: ['a'], channels: ['sms'] },
      { quotaId: 'budget', amount: 5, actionIds: [], channels: ['sms'] },
    ];
    expect(quotaUsesOf(uses, 'a', 'sms')).toEqual([
      { quotaId: 'volume', amount: 1 },
      { quotaId: 'budget', amount: 55 },
    ]);
    expect(quotaUsesOf(uses, 'b', 'app')).toEqual([{ quotaId: 'volume', amount: 1 }]);
  });
});
