/** Hash of a text that a longer one may continue, so that `job=` is hashed once and each value only adds to it. */
export const hashText = (text: string, seed = 0x811c9dc5): number => {
  let hash = seed >>> 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
};

/** Joins the hashes of two tokens into the hash of their cross; the order of the parts matters. */
export const joinHashes = (left: number, right: number): number =>
  (Math.imul(mixHash(left), 0x9e3779b1) ^ (right >>> 0)) >>> 0;

/**
 * Spreads a hash over all its bits, so that its low bits can be a slot number.
 * Source: MurmurHash3 fmix32 (A. Appleby, public domain); the text hash is 32-bit FNV-1a over both bytes of each UTF-16 unit.
 */
export const mixHash = (hash: number): number => {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
