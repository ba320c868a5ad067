import fc from 'fast-check';
import { leftOf, PERIODS_HELD_MAX } from '../../definitions/domain/period-counters';
import { aCardTransaction, aPointsRule } from '../testing/points-rule.factory';
import { earn } from './earning';
import { balanceAt, emptyAccount, putIn, takeOut, type PointsAccount } from './points-account';
import { toLedger } from './points-entry';
import { reverse } from './reversing';

const now = new Date('2026-03-02T02:00:00Z');
const zones = new Map([
  ['card-points', 'Asia/Shanghai'],
  ['bonus', 'Asia/Shanghai'],
]);
const by = { reason: 'refunded', actorId: 'chen' };
const lot = (points: number, expiresAt: string, orgPath = 'hq') => ({
  points,
  orgPath,
  expiresAt: new Date(expiresAt),
});
const earned = (account: PointsAccount, terms = {}, transaction = {}) =>
  earn({ account }, aCardTransaction(transaction), [aPointsRule(terms)], now);

describe('reverse', () => {
  it('is an entry of its own with postings the other way', () => {
    const before = earned(emptyAccount('c-1'));
    const { account, entry } = reverse(before.account, before.entry, by, zones, now);
    expect(entry).toMatchObject({ kind: 'reverse', points: -88, balanceAfter: 0, reference: 'transaction-1' });
    expect(entry.takenBack).toEqual({ shortPoints: 0, ...by });
    expect(entry.entryId).not.toBe(before.entry.entryId);
    expect(account.lots).toEqual([]);
    expect(toLedger(entry)).toMatchObject([{ kind: 'points_reversal' }]);
    expect(toLedger(entry)[0]?.postings).toEqual([
      { account: 'points:c-1', side: 'debit', amountMinor: 88, currency: 'PTS' },
      { account: 'points_issued:hq', side: 'credit', amountMinor: 88, currency: 'PTS' },
    ]);
  });

  it('takes the transaction’s own points first, then those that expire first, and tells what was short', () => {
    const held = putIn(emptyAccount('c-1'), [lot(30, '2026-04-30Z', 'hq/east'), lot(20, '2026-05-31Z')]);
    const { account, entry } = earned(held);
    expect(reverse(account, entry, by, zones, now).account.lots).toEqual(held.lots);
    // Of 138 points, 108 are spent: 30 of this transaction are left.
    const spent = takeOut(account, 108, now).account;
    const other = putIn(spent, [lot(50, '2027-12-31Z'), lot(5, '2026-03-02T02:00:00Z')]);
    const { account: after, entry: back } = reverse(other, entry, by, zones, now);
    expect(back).toMatchObject({ points: -80, balanceAfter: 0, takenBack: { shortPoints: 8 } });
    expect(after.lots).toEqual([lot(5, '2026-03-02T02:00:00Z')]);
  });

  it('does not take again what has expired', () => {
    const { account, entry } = earned(emptyAccount('c-1'), { validMonths: 1 });
    const later = new Date('2026-06-01Z');
    const other = putIn(account, [lot(500, '2027-01-01Z')]);
    const { account: after, entry: back } = reverse(other, entry, by, zones, later);
    expect([back.points, back.takenBack?.shortPoints, balanceAt(after, later)]).toEqual([0, 88, 500]);
    expect(toLedger(back)).toEqual([]);
  });

  it('frees of the caps what it took, and no more', () => {
    const caps = { pointsMaxPerDay: 100, pointsMaxPerMonth: 150 };
    const { account, entry } = earned(emptyAccount('c-1'), caps);
    const half = takeOut(account, 44, now).account;
    const { account: after } = reverse(half, entry, by, zones, now);
    expect(earned(after, caps, { transactionId: 'next' }).entry.points).toBe(56);
  });

  it('leaves a period that it empties in its place, so that a forgotten one does not look new', () => {
    const rule = { pointsMaxPerDay: 10 };
    const on = (day: number) => ({ occurredAt: new Date(Date.UTC(2026, 0, 1 + day)), transactionId: `${day}` });
    let account = emptyAccount('c-1');
    const entries = Array.from({ length: PERIODS_HELD_MAX + 1 }, (_, day) => {
      const done = earned(account, rule, on(day));
      account = done.account;
      return done.entry;
    });
    for (const entry of entries) account = reverse(account, entry, by, zones, now).account;
    expect(balanceAt(account, now)).toBe(0);
    expect(earned(account, rule, { ...on(0), transactionId: 'again' }).entry.points).toBe(0);
    expect(earned(account, rule, { ...on(7), transactionId: 'again' }).entry.points).toBe(10);
  });

  it('leaves everything as it was before, whatever came before and however many rules gave', () => {
    const amount = fc.integer({ min: 1, max: 30_000 });
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), amount, fc.integer({ min: 1, max: 300 }), (list, last, cap) => {
        const rules = [
          aPointsRule({ pointsMaxPerDay: cap, pointsMaxPerMonth: 2 * cap }),
          aPointsRule({ pointsMaxPerDay: 40, validMonths: 12 }, { definitionId: 'bonus' }),
        ];
        const pay = (account: PointsAccount, amountMinor: number) =>
          earn({ account }, aCardTransaction({ amountMinor }), rules, now);
        const before = list.reduce((held, each) => pay(held, each).account, emptyAccount('c-1'));
        const done = pay(before, last);
        const { account, entry } = reverse(done.account, done.entry, by, zones, now);
        expect(account.lots).toEqual(before.lots);
        expect(entry.points).toBe(0 - done.entry.points);
        expect(entry.takenBack?.shortPoints).toBe(0);
        expect(pay(account, last).entry.awards).toEqual(done.entry.awards);
        for (const { key, period } of account.counters) {
          expect(leftOf(account.counters, key, period, 1_000)).toBe(leftOf(before.counters, key, period, 1_000));
        }
      }),
    );
  });

  it('never takes more than there is, keeps every point, and keeps the caps with any spending between', () => {
    const step = fc.record({ move: fc.constantFrom('earn', 'spend', 'reverse'), size: fc.nat(250), which: fc.nat(9) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 400 }), (steps, cap) => {
        const rule = aPointsRule({ pointsMaxPerDay: cap });
        let account = emptyAccount('c-1');
        let kept = 0;
        const open: ReturnType<typeof earn>['entry'][] = [];
        for (const { move, size, which } of steps) {
          const held = balanceAt(account, now);
          if (move === 'earn') {
            const done = earn({ account }, aCardTransaction({ amountMinor: size * 100 }), [rule], now);
            account = done.account;
            open.push(done.entry);
            kept += done.entry.points;
            expect(balanceAt(account, now)).toBe(held + done.entry.points);
          } else if (move === 'spend' && held >= size) {
            account = takeOut(account, size, now).account;
          } else if (move === 'reverse' && open.length > 0) {
            const [entry] = open.splice(which % open.length, 1);
            const { account: after, entry: back } = reverse(account, entry!, by, zones, now);
            expect(0 - back.points).toBe(Math.min(held, entry!.points));
            expect(back.takenBack?.shortPoints).toBe(entry!.points + back.points);
            expect(balanceAt(after, now)).toBe(held + back.points);
            account = after;
            kept += back.points;
          }
          expect(kept).toBeLessThanOrEqual(cap);
          expect(account.lots.every(({ points }) => points > 0)).toBe(true);
        }
      }),
    );
  });
});
