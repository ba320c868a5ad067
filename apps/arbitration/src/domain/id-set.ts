import { createHash } from 'node:crypto';

/**
 * Which ids of a long list have come before, in sixteen bytes each. Ids are told apart by 63 bits of a hash: two among a million are taken for
 * the same once in eighteen million lists.
 */
export class IdSet {
  private readonly low: Uint32Array;
  private readonly high: Uint32Array;
  private readonly mask: number;
  private count = 0;

  constructor(private readonly idsMax: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(16, idsMax * 1.5)));
    this.mask = size - 1;
    this.low = new Uint32Array(size);
    this.high = new Uint32Array(size);
  }

  /** Whether the id is new. */
  add(id: string): boolean {
    const digest = createHash('sha1').update(id).digest();
    const low = digest.readUInt32LE(0);
    // Never 0, which stands for an empty place.
    const high = (digest.readUInt32LE(4) | 1) >>> 0;
    let at = low & this.mask;
    while (this.high[at] !== 0) {
      if (this.low[at] === low && this.high[at] === high) return false;
      at = (at + 1) & this.mask;
    }
    if (this.count >= this.idsMax) throw new Error('more ids than the set was made for');
    this.low[at] = low;
    this.high[at] = high;
    this.count += 1;
    return true;
  }
}
