type Numbers = Uint8Array | Float64Array;

/**
 * Cuts arrays of zeros, one after another, from larger ones: memory of its own for each costs more than what is done in it. A larger one is
 * kept as long as one of its parts is.
 */
export class Slab<T extends Numbers> {
  private rest: Numbers;

  constructor(
    private readonly make: (length: number) => T,
    private readonly length: number,
  ) {
    this.rest = make(0);
  }

  take(length: number): T {
    if (this.rest.length < length) this.rest = this.make(Math.max(length, this.length));
    const part = this.rest.subarray(0, length);
    this.rest = this.rest.subarray(length);
    return part as T;
  }
}
