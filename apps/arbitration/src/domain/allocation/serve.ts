import { NOTHING } from './assignment';
import type { LimitTable } from './limit-table';
import { LossQueue } from './loss-queue';
import { memberCountOf, type ShortlistBlock } from './shortlist-block';
import { drawnScore } from './worth';

/** Members to be served one by one, at given prices, as long as every limit keeps. */
export interface Counter {
  table: LimitTable;
  block: ShortlistBlock;
  /** Of the candidates. */
  prices: Float64Array;
  maxima: Float64Array;
  /** Used before. */
  used: Float64Array;
}

export interface Served {
  choices: Int16Array;
  used: Float64Array;
  value: number;
}

/**
 * What a member would lose if it did not get what is worth most to it: all of its worth, or what is more than the second best. The first
 * does well where both stand or fall together, the second where the second best stays.
 */
export type LossRule = 'all' | 'lead';

/** Serves first whoever would lose most, and asks again whoever finds it gone. What nobody would pay the price of comes last. */
export function serve(counter: Counter, rule: LossRule): Served {
  const { table, block, maxima } = counter;
  const count = memberCountOf(block);
  const served: Served = { choices: new Int16Array(count).fill(NOTHING), used: counter.used.slice(), value: 0 };
  const queue = new LossQueue(count);
  const wanted = new Uint32Array(count);
  const wish: Wish = { entry: -1, loss: 0 };
  const enqueue = (at: number): void => {
    look(counter, served.used, at, rule, wish);
    if (wish.entry < 0) return;
    wanted[at] = wish.entry;
    queue.push(at, wish.loss);
  };
  for (let at = 0; at < count; at += 1) enqueue(at);
  for (let at = queue.pop(); at >= 0; at = queue.pop()) {
    const candidate = block.candidates[wanted[at]!]!;
    if (!table.hasRoom(candidate, served.used, maxima)) enqueue(at);
    else {
      table.take(candidate, served.used);
      served.choices[at] = candidate;
      served.value += block.scores[wanted[at]!]!;
    }
  }
  return served;
}

interface Wish {
  /** Entry of the block; -1 when nothing is left. */
  entry: number;
  loss: number;
}

function look(
  { table, block, prices, maxima }: Counter,
  used: Float64Array,
  at: number,
  rule: LossRule,
  wish: Wish,
): void {
  let most = -Infinity;
  let second = -Infinity;
  wish.entry = -1;
  const draw = block.draws[at]!;
  for (let entry = block.starts[at]!; entry < block.starts[at + 1]!; entry += 1) {
    const candidate = block.candidates[entry]!;
    if (!table.hasRoom(candidate, used, maxima)) continue;
    const worth = drawnScore(block.scores[entry]!, draw) - prices[candidate]!;
    if (worth <= most) {
      if (worth > second) second = worth;
      continue;
    }
    second = most;
    most = worth;
    wish.entry = entry;
  }
  wish.loss = most > 0 && rule === 'lead' ? most - Math.max(0, second) : most;
}
