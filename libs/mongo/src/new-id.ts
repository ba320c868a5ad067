import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** A new id: UUIDv7, sorted by time. */
export const newId = (): string => uuidv7({ rng: random16 });

const pool = new Uint8Array(4_096);
let used = pool.length;

/** 16 random bytes, drawn many at once: a draw costs more than the rest of an id. */
function random16(): Uint8Array {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += 16;
  return pool.subarray(used - 16, used);
}
