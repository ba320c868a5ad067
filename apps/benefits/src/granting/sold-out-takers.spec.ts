import type { Count } from '../domain/count';
import type { CountRepository } from '../repositories/count.repository';
import { aStock } from '../testing/stock.factory';
import { SoldOutTakers } from './sold-out-takers';

// Goal: refusals after the sell-out share their reads, and none rests on a read from before it was asked for.

const stock = aStock({ stockId: 'gone', totalLimit: 1 });
const STOCK_KEY = 'stock|gone';
type Found = Map<string, Count>;
const found = (total: number): Found => new Map([[STOCK_KEY, { total, day: '', dayTotal: 0 }]]);

/** Counts whose reads end when they are told to. */
function slowCounts() {
  const reads: ((counts: Found) => void)[] = [];
  const counts = {
    find: () => new Promise<Found>((resolve) => reads.push(resolve)),
    listTakers: () => Promise.resolve(['winner']),
  };
  return { reads, takers: new SoldOutTakers(counts as unknown as CountRepository) };
}
const moment = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('reads once for all who ask before the read began, and once more for all who ask during it', async () => {
  const { reads, takers } = slowCounts();
  const early = Array.from({ length: 100 }, (_, index) => takers.ask(stock, `early-${index}`));
  await moment();
  expect(reads).toHaveLength(1);
  const late = Array.from({ length: 100 }, (_, index) => takers.ask(stock, `late-${index}`));
  await moment();
  expect(reads).toHaveLength(1);
  reads[0]!(found(1));
  expect((await Promise.all(early)).some(({ hasUnits }) => hasUnits)).toBe(false);
  await moment();
  expect(reads).toHaveLength(2);
  // What came back between the two reads is seen by those who asked during the first.
  reads[1]!(found(0));
  expect((await Promise.all(late)).every(({ hasUnits }) => hasUnits)).toBe(true);
});

it('knows strangers from winners as soon as the takers were read', async () => {
  const { reads, takers } = slowCounts();
  const ask = async (customerId: string): Promise<boolean> => {
    const asked = takers.ask(stock, customerId);
    await moment();
    reads.at(-1)!(found(1));
    return (await asked).mayHaveClaimed;
  };
  await ask('anybody');
  await moment();
  expect([await ask('stranger'), await ask('winner')]).toEqual([false, true]);
});
