import fc from 'fast-check';
import { DayLedger } from './day-ledger';
import type { DayUses } from './day-limits';

const lines = (...maxima: number[]) => maxima.map((max, index) => ({ id: `queue:${index}`, max, used: 0 }));
const taken = (...used: number[]): DayUses => ({ used: Float64Array.from(used), contactsOf: new Map() });

describe('what is left of the limits of a simulated day', () => {
  it('is what the days before did not take in the same period', () => {
    const ledger = new DayLedger();
    ledger.take(lines(5, 9), taken(2, 4), () => 'monday');
    const periodOf = (id: string): string => (id === 'queue:0' ? 'monday' : 'tuesday');
    expect(ledger.left(lines(5, 9), 1, periodOf).map(({ max }) => max)).toEqual([3, 9]);
    ledger.take(lines(3, 9), taken(3, 0), periodOf);
    expect(ledger.left(lines(5, 9), 1, periodOf).map(({ max }) => max)).toEqual([0, 9]);
  });

  it('is counted by the strategies whose contacts use it', () => {
    const ledger = new DayLedger();
    const of = (mine: number[], theirs: number[]) =>
      new Map([
        ['mine', Float64Array.from(mine)],
        ['theirs', Float64Array.from(theirs)],
      ]);
    ledger.take(lines(9, 9), { ...taken(2, 4), contactsOf: of([1, 0], [1, 2]) }, () => 'monday');
    ledger.take(lines(9, 9), { ...taken(1, 0), contactsOf: of([0, 0], [1, 0]) }, () => 'monday');
    const counted = (id: string, period: string) => [...ledger.contactsOf(id, () => period)];
    expect(counted('queue:0', 'monday')).toEqual([
      ['mine', 1],
      ['theirs', 2],
    ]);
    expect(counted('queue:1', 'monday')).toEqual([['theirs', 2]]);
    expect(counted('queue:0', 'tuesday')).toEqual([]);
  });

  it('comes to the share of all limits together, however small each is', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 40 }), fc.integer({ min: 1, max: 100 }), (maxima, percent) => {
        const left = new DayLedger().left(lines(...maxima), percent / 100, () => '');
        const sum = left.reduce((total, { max }) => total + max, 0);
        const whole = maxima.reduce((total, max) => total + max, 0);
        expect(Math.abs(sum - (whole * percent) / 100)).toBeLessThanOrEqual(1);
        left.forEach(({ max }) => expect(Number.isInteger(max)).toBe(true));
      }),
    );
  });
});
