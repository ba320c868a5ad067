import { hashText, mixHash } from './models/token-hash';

/** 32 well-mixed bits of a text, the same in every process and for ever. */
export const stableHash = (text: string): number => mixHash(hashText(text));

/** Random numbers in [0, 1) that depend on the seed alone. Source: mulberry32 (T. Ettinger, public domain). */
export function seededRandom(seed: string): () => number {
  let state = stableHash(seed);
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
