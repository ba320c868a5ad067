/** A point on the map, WGS 84 degrees. */
export interface Place {
  longitude: number;
  latitude: number;
}

/** Where a search goes on: after this one, in order of distance and id. */
export interface NearbyPosition {
  distanceMeters: number;
  id: string;
}

/** Something found, at its distance. */
export type Near<T> = T & { distanceMeters: number };

/** A page and where the next begins; null at the end. */
export interface CollectedPage<T> {
  items: T[];
  next: NearbyPosition | null;
}

/** Rounds of reading for one page: whoever is far from anything open gets a short page, not a long wait. */
const ROUNDS_MAX = 10;

/**
 * Fills a page with what `keep` lets through. A page may be short, and even empty, before the end; `next` then says where to go on.
 * @param read gives up to `limit` found things after a position, nearest first
 */
export async function collectPage<T, K>(
  start: NearbyPosition | null,
  limit: number,
  read: (after: NearbyPosition | null, limit: number) => Promise<Near<T>[]>,
  {
    positionOf,
    keep,
  }: { positionOf: (found: Near<T>) => NearbyPosition; keep: (found: Near<T>[]) => Promise<(K | null)[]> },
): Promise<CollectedPage<K>> {
  const items: K[] = [];
  let after = start;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = await read(after, limit);
    const kept = await keep(found);
    for (const [index, each] of found.entries()) {
      after = positionOf(each);
      const item = kept[index];
      if (item) items.push(item);
      if (items.length === limit) return { items, next: after };
    }
    if (found.length < limit) return { items, next: null };
  }
  return { items, next: after };
}
