import fc from 'fast-check';
import { aBook, aCustomer, anAction, aSituation, aStrategy, aTreatment, NOW } from '../testing/decision.factory';
import { CapacityBook } from './capacity-book';
import { ScarceBook } from './scarce-book';
import { decide } from './decide';
import type { ReservationState } from './decision';
import { freeAmount, inPeriod, writeQuota, type Quota, type QuotaTerms } from './quota';
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
      expect.objectContaining({ reason: 'QUOTA_BELOW_TAKEN' }),
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
