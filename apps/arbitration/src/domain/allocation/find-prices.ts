import type { LimitTable } from './limit-table';
import { PricePass, type PassResult } from './price-pass';
import { PriceSearch, stepsNear } from './price-search';
import type { ShortlistBlock } from './shortlist-block';

const SAMPLE_PASSES = 240;

/** Prices of the limits from a sample that is held whole; `share` says how much of the list it is. */
export function samplePrices({
  sample,
  table,
  share,
  afterPass,
}: {
  sample: readonly ShortlistBlock[];
  table: LimitTable;
  share: number;
  afterPass?: () => Promise<void>;
}): Promise<Float64Array> {
  const maxima = table.maxima.map((max) => max * share);
  return findPrices({ table, maxima, blocks: sample, passes: SAMPLE_PASSES, afterPass });
}

/** Prices among members that are held in memory, from `start` on or from nothing. */
export async function findPrices(input: {
  table: LimitTable;
  maxima: Float64Array;
  blocks: readonly ShortlistBlock[];
  start?: Float64Array;
  passes: number;
  /** Awaited after each pass, so that other work has its turn. */
  afterPass?: () => Promise<void>;
}): Promise<Float64Array> {
  const { table, maxima, blocks, start } = input;
  const free = new Float64Array(maxima.length);
  const passAt = (prices: Float64Array): PassResult => {
    const pass = new PricePass(table, prices, start ?? free, maxima);
    for (const block of blocks) pass.add(block);
    return pass.result();
  };
  const steps = start === undefined ? firstSteps(passAt(free)) : stepsNear(start);
  const search = new PriceSearch(maxima, start ?? free, steps);
  for (let pass = 0; pass < input.passes; pass += 1) {
    if (!search.learn(passAt(search.prices.slice()))) break;
    await input.afterPass?.();
  }
  return search.best;
}

/** A tenth of what all members would pay on average for a unit of each limit when everything is free. */
const firstSteps = ({ bound, used }: PassResult): Float64Array =>
  used.map((amount) => (amount > 0 ? (0.1 * bound) / amount : bound / 1_000 || 1));
