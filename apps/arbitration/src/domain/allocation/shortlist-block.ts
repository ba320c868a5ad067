/**
 * The shortlists of a block of members, as flat arrays: the passing candidates of member `i` stand from `starts[i]` to `starts[i + 1]`.
 * A member without any did not reach the ranking.
 */
export interface ShortlistBlock {
  /** Length: members + 1. */
  starts: Uint32Array;
  candidates: Uint16Array;
  /** Value of each, by the ranking's own formula; above 0. */
  scores: Float32Array;
  /** At least what the best candidate left out was worth beyond its price; -Infinity when none was. */
  dropped: Float32Array;
  /** Draw of each member, which settles ties and exploration and follows from its id alone. */
  draws: Uint32Array;
}

/** Blocks of a whole list, read one at a time, in the list's order, as often as asked. */
export interface BlockSource {
  readonly blockCount: number;
  read(index: number): Promise<ShortlistBlock>;
}

export const memberCountOf = (block: ShortlistBlock): number => block.starts.length - 1;

const HEADER_BYTES = 8;

/** A block as bytes, little-endian, to be stored. */
export function encodeBlock({ starts, candidates, scores, dropped, draws }: ShortlistBlock): Uint8Array {
  const header = Uint32Array.of(starts.length - 1, scores.length);
  const parts = [header, starts, draws, dropped, scores, candidates];
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    at += part.byteLength;
  }
  return bytes;
}

/** @throws when the bytes are no block */
export function decodeBlock(stored: Uint8Array): ShortlistBlock {
  // A copy that begins at a multiple of four, as typed arrays must.
  const { buffer } = new Uint8Array(stored);
  const [members = 0, entries = 0] = new Uint32Array(buffer, 0, 2);
  if (buffer.byteLength !== HEADER_BYTES + 4 * (members + 1) + 8 * members + 6 * entries) {
    throw new Error('the bytes are no block of shortlists');
  }
  const startsAt = HEADER_BYTES;
  const drawsAt = startsAt + 4 * (members + 1);
  const droppedAt = drawsAt + 4 * members;
  const scoresAt = droppedAt + 4 * members;
  return {
    starts: new Uint32Array(buffer, startsAt, members + 1),
    draws: new Uint32Array(buffer, drawsAt, members),
    dropped: new Float32Array(buffer, droppedAt, members),
    scores: new Float32Array(buffer, scoresAt, entries),
    candidates: new Uint16Array(buffer, scoresAt + 4 * entries, entries),
  };
}
