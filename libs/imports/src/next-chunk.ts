import { DomainError, refused } from '@tidegate/errors';

/** How much of something that comes in chunks came in. */
export interface UploadProgress {
  /** Chunks received so far, which is also the next sequence. */
  chunkCount: number;
  /** More is taken while it is `receiving`. */
  state: string;
}

/** Why a chunk is refused for its place. */
export interface ChunkReasons {
  finished: string;
  outOfOrder: string;
}

/**
 * Whether the chunk is the next one; false for one that was received already.
 * @throws the reasons
 */
export function isNextChunk({ chunkCount, state }: UploadProgress, sequence: number, reasons: ChunkReasons): boolean {
  if (sequence < chunkCount) return false;
  if (state !== 'receiving') throw refused(reasons.finished, 'No content is taken, or no more.', { state });
  if (sequence === chunkCount) return true;
  const expected = String(chunkCount);
  throw outOfRange(reasons.outOfOrder, `The next chunk is ${expected}.`, { expected });
}

/** @throws the reason for too many chunks */
export function requireRoom(
  sequence: number,
  { chunkCountMax, reasons }: { chunkCountMax: number; reasons: { tooLarge: string } },
): void {
  if (sequence < chunkCountMax) return;
  throw outOfRange(reasons.tooLarge, `A file has at most ${chunkCountMax} chunks.`);
}

const outOfRange = (reason: string, message: string, metadata?: Record<string, string>): DomainError =>
  new DomainError({ code: 'OUT_OF_RANGE', reason, message, metadata });
