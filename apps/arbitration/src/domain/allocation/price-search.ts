import type { PassResult } from './price-pass';
import { RidgeWalk } from './ridge-walk';

const FASTER = 1.4;
const SLOWER = 0.45;
/** A limit used to this share of exactness is left alone. */
const NEAR = 2e-4;
/** Single steps between two leaps. */
const WALK = 8;
/** Steps after a leap are at least this share of it. */
const STRIDE = 0.3;
/** A walk that lowered the bound by less than this share of it has met a ridge. */
const STALLED = 1e-3;

/** Prices further and further along the way that the last walk went, as long as the bound falls. */
interface Leap {
  from: Float64Array;
  way: Float64Array;
  length: number;
  bound: number;
}

/**
 * Looks for the prices of the limits, pass by pass. A limit that was overused gets dearer, one with room left cheaper, each by a step of
 * its own that grows while the direction stays and shrinks when it turns, so that limits of any scale settle together. Limits that stand
 * in for one another (a queue and the budget that pays for it) move slowly that way, so now and then the search leaps along the way it came,
 * and where that leads nowhere it follows the ridge it must have met.
 * Source: the step rule is Rprop (Riedmiller and Braun 1993), on the subgradient of the Lagrangian dual (Held, Wolfe and Crowder 1974); the
 * leap is the pattern move of Hooke and Jeeves (1961).
 */
export class PriceSearch {
  /** To be tried in the next pass. */
  prices: Float64Array;
  /** Prices of the lowest bound so far. */
  best: Float64Array;
  bestBound = Infinity;
  private bestUsed: Float64Array;
  private anchor: Float64Array;
  private anchorBound = Infinity;
  private readonly steps: Float64Array;
  private readonly directions: Int8Array;
  private walked = 0;
  private leap: Leap | null = null;
  private ridge: RidgeWalk | null = null;

  constructor(
    private readonly maxima: Float64Array,
    start: Float64Array,
    firstSteps: Float64Array,
  ) {
    this.prices = start.slice();
    this.best = start.slice();
    this.anchor = start.slice();
    this.bestUsed = new Float64Array(start.length);
    this.steps = firstSteps.slice();
    this.directions = new Int8Array(start.length);
  }

  /** Takes in what a pass at `prices` found, and moves them. Returns whether anything is left to improve. */
  learn({ bound, used }: PassResult): boolean {
    if (bound < this.bestBound) {
      this.bestBound = bound;
      this.best = this.prices;
      this.bestUsed = used;
    }
    if (this.ridge !== null) return this.follow(this.ridge, { bound, used });
    if (this.leap !== null && bound < this.leap.bound) {
      this.leap.bound = bound;
      this.leap.length *= 2;
      this.prices = landingOf(this.leap);
      return true;
    }
    if (this.leap !== null) return this.land(this.leap);
    this.walked += 1;
    if (this.walked < WALK) return this.step(this.prices, used);
    this.walked = 0;
    const isStalled = this.anchorBound - this.bestBound <= STALLED * this.bestBound;
    const way = this.best.map((price, limit) => price - this.anchor[limit]!);
    this.anchor = this.best;
    this.anchorBound = this.bestBound;
    if (isStalled) {
      this.ridge = new RidgeWalk(this.maxima, this.best, { bound: this.bestBound, used: this.bestUsed });
      return this.climb(this.ridge);
    }
    this.leap = { from: this.best, way, length: 1, bound: this.bestBound };
    this.prices = landingOf(this.leap);
    return true;
  }

  private follow(ridge: RidgeWalk, found: PassResult): boolean {
    ridge.learn(this.prices, found);
    return this.climb(ridge);
  }

  private climb(ridge: RidgeWalk): boolean {
    const next = ridge.next();
    if (next === null) {
      this.ridge = null;
      return this.step(this.best, this.bestUsed);
    }
    this.prices = next;
    return true;
  }

  /** Walks on from the best, with steps as wide as what the leap has shown to be far. */
  private land({ from }: Leap): boolean {
    this.leap = null;
    this.steps.forEach((step, limit) => {
      this.steps[limit] = Math.max(step, STRIDE * Math.abs(this.best[limit]! - from[limit]!));
    });
    return this.step(this.best, this.bestUsed);
  }

  private step(from: Float64Array, used: Float64Array): boolean {
    let isMoving = false;
    this.prices = from.map((price, limit) => {
      const direction = this.directionOf(limit, price, used[limit]!);
      const last = this.directions[limit]!;
      if (direction === 0) return price;
      if (last !== 0) this.steps[limit]! *= direction === last ? FASTER : SLOWER;
      this.directions[limit] = direction;
      isMoving = true;
      return Math.max(0, price + direction * this.steps[limit]!);
    });
    return isMoving;
  }

  private directionOf(limit: number, price: number, used: number): -1 | 0 | 1 {
    const max = this.maxima[limit]!;
    if (Math.abs(used - max) <= NEAR * max) return 0;
    if (used > max) return 1;
    return price > 0 ? -1 : 0;
  }
}

const landingOf = ({ from, way, length }: Leap): Float64Array =>
  from.map((price, limit) => Math.max(0, price + length * way[limit]!));

const SMALL_STEP = 0.02;

/** First steps around prices that are nearly right. */
export function stepsNear(prices: Float64Array): Float64Array {
  const dearest = prices.reduce((most, price) => Math.max(most, price), 0);
  return prices.map((price) => SMALL_STEP * (price || dearest / 10 || 1));
}
