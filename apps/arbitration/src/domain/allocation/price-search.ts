import type { PassResult } from './price-pass';

const FASTER = 1.4;
const SLOWER = 0.45;
/** A limit used to this share of exactness is left alone. */
const NEAR = 2e-4;

/**
 * Looks for the prices of the limits, pass by pass. A limit that was overused gets dearer, one with room left cheaper, each by a step of
 * its own that grows while the direction stays and shrinks when it turns, so that limits of any scale settle together.
 * Source: the step rule is Rprop (Riedmiller and Braun 1993), on the subgradient of the Lagrangian dual (Held, Wolfe and Crowder 1974).
 */
export class PriceSearch {
  readonly prices: Float64Array;
  /** Prices of the lowest bound so far. */
  best: Float64Array;
  bestBound = Infinity;
  private readonly steps: Float64Array;
  private readonly directions: Int8Array;

  constructor(
    private readonly maxima: Float64Array,
    start: Float64Array,
    firstSteps: Float64Array,
  ) {
    this.prices = start.slice();
    this.best = start.slice();
    this.steps = firstSteps.slice();
    this.directions = new Int8Array(start.length);
  }

  /** Takes in what a pass at `prices` found, and moves them. Returns whether anything is left to improve. */
  learn({ bound, used }: PassResult): boolean {
    if (bound < this.bestBound) {
      this.bestBound = bound;
      this.best = this.prices.slice();
    }
    let isMoving = false;
    for (let limit = 0; limit < this.prices.length; limit += 1) {
      const max = this.maxima[limit]!;
      const excess = used[limit]! - max;
      const direction = Math.abs(excess) <= NEAR * max ? 0 : excess > 0 ? 1 : this.prices[limit]! > 0 ? -1 : 0;
      const last = this.directions[limit]!;
      if (direction !== 0 && last !== 0) this.steps[limit]! *= direction === last ? FASTER : SLOWER;
      this.directions[limit] = direction === 0 ? last : direction;
      if (direction === 0) continue;
      isMoving = true;
      this.prices[limit] = Math.max(0, this.prices[limit]! + direction * this.steps[limit]!);
    }
    return isMoving;
  }
}

const SMALL_STEP = 0.02;

/** First steps around prices that are nearly right. */
export function stepsNear(prices: Float64Array): Float64Array {
  const dearest = prices.reduce((most, price) => Math.max(most, price), 0);
  return prices.map((price) => SMALL_STEP * (price || dearest / 10 || 1));
}
