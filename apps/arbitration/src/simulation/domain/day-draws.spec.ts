import type { Allocation } from '../../domain/allocation/allocate';
import { LimitTable } from '../../domain/allocation/limit-table';
import { candidatesOf } from '../../domain/strategy';
import { anAction, aStrategy } from '../../testing/decision.factory';
import { DayDraws } from './day-draws';

const CUSTOMERS = 400;
const passed = { passing: Uint16Array.of(0, 1), scores: Float64Array.of(9, 4), count: 2 };

/** Everybody has the first of two actions; the second one has so many places. */
function played(explorationBasisPoints: number, places: number, day = 0) {
  const actions = [anAction(), anAction({ actionId: 'a-2' })];
  const draws = new DayDraws(candidatesOf(aStrategy({ actions, explorationBasisPoints })), day);
  for (let customer = 0; customer < CUSTOMERS; customer += 1) draws.add(customer, `c-${customer}`, passed);
  const table = new LimitTable([{ id: 'second', max: places }], [[], [{ limit: 0, amount: 1 }]]);
  const [choices, explored] = [new Int16Array(CUSTOMERS), new Uint8Array(CUSTOMERS)];
  const allocation = { choices, explored, used: new Float64Array(1) } as unknown as Allocation;
  const { choices: after, used, explored: drawn } = draws.apply(allocation, table);
  return { draws, after: [...after], used: used[0], drawn: [...drawn], isSame: after === choices };
}

describe('the exploration of a simulated day', () => {
  it('gives the share one of the candidates, each as likely', () => {
    const { draws, after, used, drawn } = played(5_000, CUSTOMERS);
    const seconds = after.filter((choice) => choice === 1).length;
    expect(seconds).toBeGreaterThan(70);
    expect(seconds).toBeLessThan(130);
    expect([used, drawn]).toEqual([seconds, after]);
    expect(draws.scoreOf(after.indexOf(1), 1)).toBe(4);
    expect(draws.scoreOf(after.indexOf(1), 0)).toBeUndefined();
  });

  it('is the same every time, and another one on another day', () => {
    expect(played(5_000, CUSTOMERS).after).toEqual(played(5_000, CUSTOMERS).after);
    expect(played(5_000, CUSTOMERS, 1).after).not.toEqual(played(5_000, CUSTOMERS).after);
  });

  it('keeps every limit, and changes nothing without a share', () => {
    const { after, used } = played(10_000, 7);
    expect([after.filter((choice) => choice === 1).length, used]).toEqual([7, 7]);
    expect(played(0, CUSTOMERS).isSame).toBe(true);
  });
});
