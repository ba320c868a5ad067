import type { Count } from '../domain/count';
import type { CountRepository, CountView } from '../repositories/count.repository';
import type { StockCatalogue } from '../repositories/stock-catalogue';
import { aStock } from '../testing/stock.factory';
import { SOLD_OUT_HOLDS_MS, SoldOutTakers } from './sold-out-takers';
import { TakerSet } from './taker-set';

// Goal: refusals after the sell-out stand on a read that is hardly older than 250 ms, and while units come back on one of after they asked.

const stock = aStock({ stockId: 'gone', totalLimit: 1 });
const STOCK_KEY = 'stock|gone';

function found(totals: Record<string, number>, returns: Record<string, string[]> = {}): CountView {
  const countOf = (total: number): Count => ({ total, day: '', dayTotal: 0 });
  return {
    counts: new Map(Object.entries(totals).map(([key, total]) => [key, countOf(total)])),
    returns: new Map(Object.entries(returns)),
  };
}
const SOLD_OUT = found({ [STOCK_KEY]: 1 });

let nowMs = 0;
beforeEach(() => {
  nowMs = 1_000;
  jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
});
afterEach(() => jest.restoreAllMocks());

/** Counts whose reads end when they are told to. */
function slowCounts() {
  const parts = [aStock({ stockId: 'part', totalLimit: 1 })];
  const reads: ((view: CountView) => void)[] = [];
  const ended: string[] = [];
  const lists: string[] = [];
  const counts = {
    findAtOnce: () => new Promise<CountView>((resolve) => reads.push(resolve)),
    listTakers: (stockId: string) => {
      lists.push(stockId);
      return Promise.resolve(['winner']);
    },
    endReturns: (key: string, returnIds: string[]) => Promise.resolve(void ended.push(key, ...returnIds)),
  };
  const catalogue = { getMany: () => Promise.resolve(new Map(parts.map((part) => [part.stockId, part]))) };
  const takers = new SoldOutTakers(counts as unknown as CountRepository, catalogue as unknown as StockCatalogue);
  return { reads, ended, lists, takers };
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
  reads[0]!(SOLD_OUT);
  expect((await Promise.all(early)).some(({ hasUnits }) => hasUnits)).toBe(false);
  await moment();
  expect(reads).toHaveLength(2);
  // What came back between the two reads is seen by those who asked during the first.
  reads[1]!(found({ [STOCK_KEY]: 0 }));
  expect((await Promise.all(late)).every(({ hasUnits }) => hasUnits)).toBe(true);
});

it('knows strangers from winners as soon as the takers were read', async () => {
  const { reads, takers } = slowCounts();
  const first = takers.ask(stock, 'anybody');
  await moment();
  reads[0]!(SOLD_OUT);
  await first;
  await moment();
  expect((await takers.ask(stock, 'stranger')).mayHaveClaimed).toBe(false);
  expect((await takers.ask(stock, 'winner')).mayHaveClaimed).toBe(true);
});

it('reads about once in 100 ms however many ask, and lets none of them wait', async () => {
  const { reads, takers } = slowCounts();
  const first = takers.ask(stock, 'first');
  await moment();
  reads[0]!(SOLD_OUT);
  await first;
  const SPAN_MS = 5_000;
  for (let passedMs = 0; passedMs < SPAN_MS; passedMs += 5) {
    nowMs += 5;
    // Both end though no read does.
    expect((await takers.ask(stock, 'one')).hasUnits).toBe(false);
    expect((await takers.ask(stock, 'two')).hasUnits).toBe(false);
    if (nowMs % 10 === 0) {
      reads.at(-1)!(SOLD_OUT);
      await moment();
    }
  }
  expect(reads.length).toBeLessThanOrEqual(1 + SPAN_MS / 100);
  expect(reads.length).toBeGreaterThan(SPAN_MS / SOLD_OUT_HOLDS_MS);
});

it('stands on no read for longer than it holds, counted from when the read began', async () => {
  const { reads, takers } = slowCounts();
  const first = takers.ask(stock, 'first');
  await moment();
  nowMs += SOLD_OUT_HOLDS_MS - 1;
  reads[0]!(SOLD_OUT);
  await first;
  // It still holds, and is read again; that read ends too late for who asks next.
  expect((await takers.ask(stock, 'held')).hasUnits).toBe(false);
  await moment();
  nowMs += 1;
  const late = takers.ask(stock, 'late');
  reads[1]!(SOLD_OUT);
  await moment();
  reads[2]!(found({ [STOCK_KEY]: 0 }));
  expect((await late).hasUnits).toBe(true);
});

it('reads for everybody while a unit is about to come back', async () => {
  const { reads, ended, takers } = slowCounts();
  for (let index = 0; index < 5; index += 1) {
    const asked = takers.ask(stock, `c-${index}`);
    await moment();
    expect(reads).toHaveLength(index + 1);
    reads[index]!(found({ [STOCK_KEY]: 1 }, { [STOCK_KEY]: ['return'] }));
    expect((await asked).hasUnits).toBe(false);
  }
  expect(ended).toEqual([]);
});

it('ends a return that is told of for a minute', async () => {
  const { reads, ended, takers } = slowCounts();
  const ask = async (returnIds: string[]): Promise<void> => {
    const asked = takers.ask(stock, 'anybody');
    await moment();
    reads.at(-1)!(found({ [STOCK_KEY]: 1 }, { [STOCK_KEY]: returnIds }));
    await asked;
  };
  await ask(['left']);
  nowMs += 59_999;
  await ask(['left', 'fresh']);
  expect(ended).toEqual([]);
  nowMs += 1;
  await ask(['left', 'fresh']);
  expect(ended).toEqual([STOCK_KEY, 'left']);
});

it('holds a whole bundle for sold out as long as a part is, and no other', async () => {
  const { reads, takers } = slowCounts();
  const whole = aStock({ stockId: 'whole', kind: 'bundle', bundleStockIds: ['part'], isBundleWhole: true });
  const ask = async (view: CountView): Promise<boolean> => {
    const asked = takers.ask(whole, 'anybody');
    await moment();
    reads.at(-1)!(view);
    return (await asked).hasUnits;
  };
  expect(await ask(found({ 'stock|part': 0 }))).toBe(true);
  expect(await ask(found({ 'stock|part': 1 }, { 'stock|part': ['return'] }))).toBe(false);
  expect(await ask(found({ 'stock|part': 1 }))).toBe(false);
  expect(reads).toHaveLength(3);
  expect((await takers.ask(whole, 'anybody')).hasUnits).toBe(false);
  expect(reads).toHaveLength(3);
});

it('reads the takers of many stocks once each, and forgets those it held longest when they are too many in all', async () => {
  jest.spyOn(TakerSet.prototype, 'size', 'get').mockReturnValue(600_000);
  const { reads, lists, takers } = slowCounts();
  const ask = async (name: string): Promise<void> => {
    const asked = takers.ask(aStock({ stockId: name, totalLimit: 1 }), 'anybody');
    await moment();
    reads.at(-1)!(found({ [`stock|${name}`]: 1 }));
    await asked;
    await moment();
  };
  const names = Array.from({ length: 26 }, (_, index) => `stock-${index}`);
  for (const name of [...names, ...names]) await ask(name);
  expect(lists).toEqual(names);
  await ask('one-too-many');
  for (const name of names.slice(1)) await ask(name);
  expect(lists).toEqual([...names, 'one-too-many']);
  await ask(names[0]!);
  expect(lists).toEqual([...names, 'one-too-many', names[0]]);
});
