import type { LimitTable } from './limit-table';
import { memberCountOf, type ShortlistBlock } from './shortlist-block';
import { drawnScore } from './worth';

/** What one pass over all members at given prices found. */
export interface PassResult {
  /**
   * No allocation that keeps the limits is worth more: the Lagrangian dual at these prices. Source: weak duality; the least over all prices
   * is the optimum of the linear programme, because each member's own choice has the integrality property (Geoffrion 1974).
   */
  bound: number;
  /** What the limits would be used if everyone took what is worth most at these prices. */
  used: Float64Array;
}

/** One pass of the dual: everyone takes what is worth most at the prices, or nothing. */
export class PricePass {
  private readonly prices: Float64Array;
  private readonly cheapened: number;
  private worth = 0;
  private readonly used: Float64Array;

  /** `shortlistPrices` are the limits' prices that the shortlists were made at. */
  constructor(
    private readonly table: LimitTable,
    private readonly limitPrices: Float64Array,
    shortlistPrices: Float64Array,
    private readonly maxima: Float64Array = table.maxima,
  ) {
    this.prices = table.pricesOf(limitPrices);
    const before = table.pricesOf(shortlistPrices);
    // What was left out of a shortlist is worth more by at most the most that any candidate became cheaper.
    this.cheapened = this.prices.reduce((most, price, candidate) => Math.max(most, before[candidate]! - price), 0);
    this.used = new Float64Array(table.maxima.length);
  }

  add(block: ShortlistBlock): void {
    const { starts, candidates, scores, dropped, draws } = block;
    const members = memberCountOf(block);
    for (let member = 0; member < members; member += 1) {
      let chosen = -1;
      let most = 0;
      for (let at = starts[member]!; at < starts[member + 1]!; at += 1) {
        const candidate = candidates[at]!;
        const worth = drawnScore(scores[at]!, draws[member]!) - this.prices[candidate]!;
        if (worth <= most) continue;
        most = worth;
        chosen = candidate;
      }
      if (chosen >= 0) this.table.take(chosen, this.used);
      this.worth += Math.max(most, dropped[member]! + this.cheapened);
    }
  }

  result(): PassResult {
    let bound = this.worth;
    for (let limit = 0; limit < this.maxima.length; limit += 1) bound += this.limitPrices[limit]! * this.maxima[limit]!;
    return { bound, used: this.used };
  }
}
