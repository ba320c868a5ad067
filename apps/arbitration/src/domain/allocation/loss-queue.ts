/** Numbers by what their owners would lose, the most first: a binary heap over flat arrays. */
export class LossQueue {
  private readonly items: Uint32Array;
  private readonly losses: Float64Array;
  private length = 0;

  constructor(size: number) {
    this.items = new Uint32Array(size + 1);
    this.losses = new Float64Array(size + 1);
  }

  push(item: number, loss: number): void {
    let at = ++this.length;
    while (at > 1 && this.losses[at >> 1]! < loss) {
      this.move(at >> 1, at);
      at >>= 1;
    }
    this.items[at] = item;
    this.losses[at] = loss;
  }

  /** -1 when it is empty. */
  pop(): number {
    if (this.length === 0) return -1;
    const top = this.items[1]!;
    const item = this.items[this.length]!;
    const loss = this.losses[this.length--]!;
    let at = 1;
    for (let child = 2; child <= this.length; child = at * 2) {
      if (child < this.length && this.losses[child + 1]! > this.losses[child]!) child += 1;
      if (this.losses[child]! <= loss) break;
      this.move(child, at);
      at = child;
    }
    this.items[at] = item;
    this.losses[at] = loss;
    return top;
  }

  private move(from: number, to: number): void {
    this.items[to] = this.items[from]!;
    this.losses[to] = this.losses[from]!;
  }
}
