/** One thing that an allocation may use up at most: people's units, a quota, a number of contacts, or money. */
export interface Limit {
  /** e.g. `queue:remote-1`; unique in its table. */
  id: string;
  /** Whole units, or minor units of money. */
  max: number;
}

/** What one choice of a candidate uses of one limit; a whole number above 0. */
export interface LimitUse {
  /** Index in the table's limits. */
  limit: number;
  amount: number;
}

/**
 * The limits of an allocation and what each candidate uses of them, as flat arrays. Candidates that use the same of the same limits are
 * one class: whatever the prices, the best of a class by value is the best of it.
 */
export class LimitTable {
  readonly maxima: Float64Array;
  /** Candidate → its class. */
  readonly classOf: Uint16Array;
  readonly classCount: number;
  private readonly starts: Uint32Array;
  private readonly limitOf: Uint16Array;
  private readonly amountOf: Float64Array;

  constructor(
    readonly limits: readonly Limit[],
    uses: readonly (readonly LimitUse[])[],
  ) {
    this.maxima = Float64Array.from(limits, ({ max }) => Math.max(0, max));
    this.starts = new Uint32Array(uses.length + 1);
    uses.forEach((used, candidate) => (this.starts[candidate + 1] = (this.starts[candidate] ?? 0) + used.length));
    const flat = uses.flat();
    this.limitOf = Uint16Array.from(flat, ({ limit }) => limit);
    this.amountOf = Float64Array.from(flat, ({ amount }) => amount);
    const classes = new Map<string, number>();
    this.classOf = Uint16Array.from(uses, (used) => {
      const key = JSON.stringify(
        [...used].sort((a, b) => a.limit - b.limit).map(({ limit, amount }) => [limit, amount]),
      );
      const known = classes.get(key) ?? classes.size;
      classes.set(key, known);
      return known;
    });
    this.classCount = classes.size;
  }

  get candidateCount(): number {
    return this.classOf.length;
  }

  /** Of each limit the most that one choice uses. */
  largestUses(): Float64Array {
    const largest = new Float64Array(this.limits.length);
    this.limitOf.forEach((limit, at) => (largest[limit] = Math.max(largest[limit]!, this.amountOf[at]!)));
    return largest;
  }

  /** Indexes of the limits that the candidate uses. */
  limitsOf(candidate: number): Uint16Array {
    return this.limitOf.subarray(this.starts[candidate], this.starts[candidate + 1]);
  }

  /** What each candidate uses, valued at the prices of the limits. */
  pricesOf(limitPrices: Float64Array, into = new Float64Array(this.candidateCount)): Float64Array {
    for (let candidate = 0; candidate < into.length; candidate += 1) {
      let price = 0;
      for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
        price += limitPrices[this.limitOf[at]!]! * this.amountOf[at]!;
      }
      into[candidate] = price;
    }
    return into;
  }

  /** Whether one more choice of the candidate keeps every limit. */
  hasRoom(candidate: number, used: Float64Array, maxima: Float64Array = this.maxima): boolean {
    return this.firstFull(candidate, used, maxima) < 0;
  }

  /** The first limit that one more choice of the candidate would break; -1 when none. */
  firstFull(candidate: number, used: Float64Array, maxima: Float64Array = this.maxima): number {
    for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
      const limit = this.limitOf[at]!;
      if (used[limit]! + this.amountOf[at]! > maxima[limit]!) return limit;
    }
    return -1;
  }

  /** Counts one choice of the candidate. */
  take(candidate: number, used: Float64Array): void {
    for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
      used[this.limitOf[at]!]! += this.amountOf[at]!;
    }
  }

  /** Counts one choice of the candidate back. */
  giveBack(candidate: number, used: Float64Array): void {
    for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
      used[this.limitOf[at]!]! -= this.amountOf[at]!;
    }
  }

  /** Counts into `demand` what the member could use of each limit, once: `seen` holds the last member counted there. */
  addDemand(candidate: number, member: number, seen: Int32Array, demand: Float64Array): void {
    for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
      const limit = this.limitOf[at]!;
      if (seen[limit] === member) continue;
      seen[limit] = member;
      demand[limit]! += this.amountOf[at]!;
    }
  }

  /** The limit that makes the candidate most expensive; -1 when it uses none. */
  dearestLimit(candidate: number, limitPrices: Float64Array): number {
    let dearest = -1;
    let most = -1;
    for (let at = this.starts[candidate]!; at < this.starts[candidate + 1]!; at += 1) {
      const price = limitPrices[this.limitOf[at]!]! * this.amountOf[at]!;
      if (price <= most) continue;
      most = price;
      dearest = this.limitOf[at]!;
    }
    return dearest;
  }
}
