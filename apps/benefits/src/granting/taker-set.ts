/**
 * Customers by hash, four bytes each. `has` is true for every one of them, and for others once in four thousand millions of
 * pairs: enough to know who need not be looked up.
 */
export class TakerSet {
  private readonly hashes: Uint32Array;

  constructor(customerIds: readonly string[]) {
    this.hashes = Uint32Array.from(customerIds, hashOf).sort();
  }

  get size(): number {
    return this.hashes.length;
  }

  has(customerId: string): boolean {
    const wanted = hashOf(customerId);
    let [from, to] = [0, this.hashes.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.hashes[middle]! < wanted) from = middle + 1;
      else to = middle;
    }
    return this.hashes[from] === wanted;
  }
}

/** FNV-1a over UTF-16 units. Source: http://www.isthe.com/chongo/tech/comp/fnv/ */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
