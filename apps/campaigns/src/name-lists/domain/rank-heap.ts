/** A binary heap of numbers, the lowest rank on top, ties by the number itself; ranks may only grow while it is in use. */
export class RankHeap {
  private readonly items: { id: number; rank: number }[] = [];

  constructor(private readonly rankOf: (id: number) => number) {}

  get size(): number {
    return this.items.length;
  }

  push(id: number): void {
    this.items.push({ id, rank: this.rankOf(id) });
    let at = this.items.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.isBefore(at, parent)) return;
      this.swap(at, parent);
      at = parent;
    }
  }

  /** The lowest by the ranks of now. */
  pop(): number | undefined {
    for (;;) {
      const top = this.take();
      if (top === undefined) return undefined;
      // Its rank grew through another heap: put it where it belongs now.
      if (this.rankOf(top.id) === top.rank) return top.id;
      this.push(top.id);
    }
  }

  private take(): { id: number; rank: number } | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (top === undefined || last === undefined || this.items.length === 0) return top;
    this.items[0] = last;
    this.sink(0);
    return top;
  }

  private sink(from: number): void {
    let at = from;
    for (;;) {
      let best = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < this.items.length && this.isBefore(child, best)) best = child;
      }
      if (best === at) return;
      this.swap(at, best);
      at = best;
    }
  }

  private isBefore(a: number, b: number): boolean {
    const [left, right] = [this.items[a]!, this.items[b]!];
    return left.rank < right.rank || (left.rank === right.rank && left.id < right.id);
  }

  private swap(a: number, b: number): void {
    [this.items[a], this.items[b]] = [this.items[b]!, this.items[a]!];
  }
}
