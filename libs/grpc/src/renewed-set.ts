/** Removals after which the set is made anew; more when it is large, so that this costs nothing per removal. */
const RENEWED_AFTER = 64;

/**
 * A set of things that come and go by the thousand. A set of V8's grows by making a new table, which every earlier table points to with all that was in
 * it: once one of them is old, each small collection takes everything that was ever added for alive. A new set knows nothing of the tables of the last.
 */
export class RenewedSet<T> {
  private things = new Set<T>();
  private removals = 0;

  get size(): number {
    return this.things.size;
  }

  add(thing: T): this {
    this.things.add(thing);
    return this;
  }

  delete(thing: T): boolean {
    const isGone = this.things.delete(thing);
    this.removals += 1;
    if (this.removals >= Math.max(RENEWED_AFTER, this.things.size)) {
      this.removals = 0;
      this.things = new Set(this.things);
    }
    return isGone;
  }

  [Symbol.iterator](): IterableIterator<T> {
    return this.things.values();
  }
}
