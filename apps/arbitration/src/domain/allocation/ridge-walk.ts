import type { PassResult } from './price-pass';

/** Passes whose findings tell where a ridge goes. */
const MET_MAX = 24;
/** The bound shall fall by this share of it with the first step, if it goes on as it begins. */
const REACH = 0.01;
const REACH_MIN = 1e-6;
const LONGER = 2;
const SHORTER = 0.6;
const ROUNDS_MAX = 100;
const HALVINGS = 24;
/** The mixture is as short as it gets, but for this share. */
const NEARLY = 1e-6;

/**
 * Prices along a ridge of the bound. Where members are alike the bound has ridges, on which the finding of a single pass only points to the
 * other side. The way along is the one on which all passes met nearby agree that the bound falls: the shortest mixture of their excesses, each
 * limit counted in shares of the bound. A step that does not lower it has met another side, and is made anew with what it found.
 * Prices of 0 stay where only less would do.
 * Source: Wolfe 1975, a method of conjugate subgradients for minimizing nondifferentiable functions; the mixture by Gilbert 1966.
 */
export class RidgeWalk {
  private readonly scale: Float64Array;
  private readonly met: Float64Array[];
  private reach = REACH;

  constructor(
    private readonly maxima: Float64Array,
    private prices: Float64Array,
    private found: PassResult,
  ) {
    this.scale = maxima.map((max) => found.bound / Math.max(1, max));
    this.met = [found.used];
  }

  /** Takes in what a pass at `prices` found. */
  learn(prices: Float64Array, found: PassResult): void {
    this.met.push(found.used);
    if (this.met.length > MET_MAX) this.met.shift();
    const isLower = found.bound < this.found.bound;
    this.reach *= isLower ? LONGER : SHORTER;
    if (isLower) [this.prices, this.found] = [prices, found];
  }

  /** Prices to be tried next; null when no way down is left, as far as these passes can tell. */
  next(): Float64Array | null {
    const { bound } = this.found;
    const way = this.wayDown();
    const slope = dot(way, way);
    if (this.reach < REACH_MIN || slope <= (NEARLY * bound) ** 2) return null;
    const length = (this.reach * bound) / slope;
    return this.prices.map((price, limit) => Math.max(0, price + length * way[limit]! * this.scale[limit]!));
  }

  /** The shortest mixture of the excesses; what a price of 0 cannot follow counts for nothing. */
  private wayDown(): Float64Array {
    const parts = this.met.map((used) =>
      used.map((amount, limit) => (amount - this.maxima[limit]!) * this.scale[limit]!),
    );
    let mixture: Float64Array = parts[parts.length - 1]!;
    let way: Float64Array = this.within(mixture);
    for (let round = 0; round < ROUNDS_MAX; round += 1) {
      let least = Infinity;
      let lowest = mixture;
      for (const part of parts) {
        const along = dot(way, part);
        if (along >= least) continue;
        least = along;
        lowest = part;
      }
      const size = dot(way, way);
      if (size - least <= NEARLY * size) break;
      mixture = this.shortestBetween(mixture, lowest);
      way = this.within(mixture);
    }
    return way;
  }

  private shortestBetween(from: Float64Array, to: Float64Array): Float64Array {
    const change = to.map((value, limit) => value - from[limit]!);
    const at = (share: number): Float64Array => from.map((value, limit) => value + share * change[limit]!);
    let [low, high] = [0, 1];
    for (let halving = 0; halving < HALVINGS; halving += 1) {
      const middle = (low + high) / 2;
      if (dot(this.within(at(middle)), change) < 0) low = middle;
      else high = middle;
    }
    return at(high);
  }

  private within(excess: Float64Array): Float64Array {
    return excess.map((value, limit) => (value < 0 && this.prices[limit] === 0 ? 0 : value));
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += a[at]! * b[at]!;
  return sum;
}
