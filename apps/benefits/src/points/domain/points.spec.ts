import fc from 'fast-check';
import { aCardTransaction, aPointsRule } from '../testing/points-rule.factory';
import { earn } from './earning';
import { balanceAt, emptyAccount, expireLots, putIn, takeOut, type PointsAccount } from './points-account';
import { toLedger } from './points-entry';

const now = new Date('2026-03-02T02:00:00Z');
const lot = (points: number, expiresAt: string, orgPath = 'hq') => ({
  points,
  orgPath,
  expiresAt: new Date(expiresAt),
});

describe('earn', () => {
  it('gives whole steps, to the end of the month, and postings that balance', () => {
    const { account, entry } = earn({ account: emptyAccount('c-1') }, aCardTransaction(), [aPointsRule()], now);
    expect(entry).toMatchObject({ kind: 'earn', points: 88, balanceAfter: 88, reference: 'transaction-1' });
    expect(account.lots).toEqual([lot(88, '2027-03-31T16:00:00Z')]);
    expect(toLedger(entry)[0]?.postings).toEqual([
      { account: 'points:c-1', side: 'credit', amountMinor: 88, currency: 'PTS' },
      { account: 'points_issued:hq', side: 'debit', amountMinor: 88, currency: 'PTS' },
    ]);
  });

  it.each([
    ['another currency', { currency: 'EUR' }],
    ['another operation', { operation: 'transfer' }],
    ['a time before the rule', { occurredAt: new Date('2025-12-31T23:59:59Z') }],
    ['a time at its end', { occurredAt: new Date('2027-01-01T00:00:00Z') }],
  ])('gives nothing for %s', (_what, overrides) => {
    const { entry, account } = earn(
      { account: emptyAccount('c-1') },
      aCardTransaction(overrides),
      [aPointsRule()],
      now,
    );
    expect([entry.points, entry.awards, account.lots, toLedger(entry)]).toEqual([0, [], [], []]);
  });

  it('adds what several rules give, each under its own caps', () => {
    const bonus = aPointsRule({ channels: ['pos'], pointsMaxPerTransaction: 10 }, { definitionId: 'bonus' });
    const { entry } = earn({ account: emptyAccount('c-1') }, aCardTransaction(), [aPointsRule(), bonus], now);
    expect(entry.awards).toEqual([
      { ruleId: 'card-points', points: 88, cappedPoints: 0 },
      { ruleId: 'bonus', points: 10, cappedPoints: 78 },
    ]);
    expect(entry.points).toBe(98);
  });

  it('counts caps by the local day and month of the transaction, whatever the order they come in', () => {
    const rule = aPointsRule({ pointsMaxPerDay: 100, pointsMaxPerMonth: 150 });
    const at = (occurredAt: string) => ({ occurredAt: new Date(occurredAt), amountMinor: 8_000 });
    let account = emptyAccount('c-1');
    const points = ['2026-03-02T15:59:00Z', '2026-03-02T16:00:00Z', '2026-03-02T01:00:00Z', '2026-02-01Z'].map(
      (each) => {
        const earned = earn({ account }, aCardTransaction(at(each)), [rule], now);
        account = earned.account;
        return earned.entry.points;
      },
    );
    // 2 March, 3 March (the month has 70 left), 2 March again (0 left of the month), February.
    expect(points).toEqual([80, 70, 0, 80]);
  });

  it('never exceeds a cap, whichever of a person’s profiles the transactions are of', () => {
    const transactions = fc.array(
      fc.record({
        profile: fc.nat(2),
        amountMinor: fc.integer({ min: 1, max: 50_000 }),
        hours: fc.integer({ min: 0, max: 24 * 70 }),
      }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(transactions, fc.integer({ min: 1, max: 200 }), (list, cap) => {
        const rule = aPointsRule({ pointsMaxPerTransaction: 150, pointsMaxPerDay: cap, pointsMaxPerMonth: 3 * cap });
        const accounts = ['c-1', 'c-2', 'c-3'].map(emptyAccount);
        const byPeriod = new Map<string, number>();
        for (const { profile, amountMinor, hours } of list) {
          const occurredAt = new Date(Date.UTC(2026, 2, 1) + hours * 3_600_000);
          const [account, others] = [accounts[profile]!, accounts.filter((_, index) => index !== profile)];
          const earned = earn({ account, others }, aCardTransaction({ amountMinor, occurredAt }), [rule], now);
          accounts[profile] = earned.account;
          const local = new Date(occurredAt.getTime() + 8 * 3_600_000).toISOString();
          for (const period of [local.slice(0, 10), local.slice(0, 7)]) {
            byPeriod.set(period, (byPeriod.get(period) ?? 0) + earned.entry.points);
          }
        }
        for (const [period, used] of byPeriod) expect(used).toBeLessThanOrEqual(period.length === 7 ? 3 * cap : cap);
      }),
    );
  });
});

describe('lots', () => {
  const account: PointsAccount = putIn(emptyAccount('c-1'), [
    lot(50, '2026-06-30Z'),
    lot(10, '2026-03-31Z'),
    lot(5, '2026-03-02T02:00:00Z'),
  ]);

  it('are spent first in, first out, never what has expired', () => {
    expect(balanceAt(account, now)).toBe(60);
    const { account: after, taken } = takeOut(account, 25, now);
    expect(taken).toEqual([lot(10, '2026-03-31Z'), lot(15, '2026-06-30Z')]);
    expect(balanceAt(after, now)).toBe(35);
    expect(() => takeOut(account, 61, now)).toThrow(expect.objectContaining({ reason: 'POINTS_INSUFFICIENT' }));
  });

  it('expire at their moment', () => {
    const { account: after, taken } = expireLots(account, now);
    expect(taken).toEqual([lot(5, '2026-03-02T02:00:00Z')]);
    expect(balanceAt(after, now)).toBe(60);
  });

  it('keep every point: what goes in is what is held and what came out', () => {
    const step = fc.record({
      isIn: fc.boolean(),
      points: fc.integer({ min: 1, max: 100 }),
      days: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        let held = emptyAccount('c-1');
        let expected = 0;
        for (const { isIn, points, days } of steps) {
          if (isIn) {
            held = putIn(held, [
              lot(points, new Date(now.getTime() + days * 86_400_000).toISOString(), `hq/${days % 2}`),
            ]);
            expected += points;
          } else if (balanceAt(held, now) >= points) {
            const { account: after, taken } = takeOut(held, points, now);
            held = after;
            expected -= taken.reduce((sum, each) => sum + each.points, 0);
          }
          expect(held.lots.reduce((sum, each) => sum + each.points, 0)).toBe(expected);
          const times = held.lots.map(({ expiresAt }) => expiresAt.getTime());
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
    );
  });
});
