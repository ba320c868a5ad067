import type { FastifyRequest } from 'fastify';
import { bodyTooLarge, faulty } from '../../http/http-errors';

export const CONTENT_BYTES_MAX = 64 * 1024 * 1024;
/** Always cut at the same places, so that the same file sent again repeats the same chunks. */
export const CHUNK_BYTES = 512 * 1024;

/** A piece of a file on its way to the service that imports it. */
export interface ContentChunk {
  /** From 0. */
  sequence: number;
  content: Buffer;
  isLast: boolean;
}

/**
 * Hands a file on to the service that imports it, piece by piece; no more than two chunks are held at a time.
 * @throws BODY_TOO_LARGE, VALIDATION_FAILED when it is empty, and what `append` throws
 */
export async function forwardContent<R>(
  { body }: Pick<FastifyRequest, 'body'>,
  append: (chunk: ContentChunk) => Promise<R>,
): Promise<R> {
  let sequence = 0;
  let waiting: Buffer | undefined;
  for await (const chunk of inChunks((body ?? []) as AsyncIterable<Buffer>)) {
    // The last one must say that it is, so each waits for the next.
    if (waiting) {
      await append({ sequence, content: waiting, isLast: false });
      sequence += 1;
    }
    waiting = chunk;
  }
  if (!waiting) throw faulty('', 'the file is empty');
  return append({ sequence, content: waiting, isLast: true });
}

/** The bytes of a stream in chunks of equal size, the last one shorter. */
async function* inChunks(content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const piece of content) {
    total += piece.length;
    if (total > CONTENT_BYTES_MAX) throw bodyTooLarge(CONTENT_BYTES_MAX);
    pieces.push(piece);
    size += piece.length;
    while (size >= CHUNK_BYTES) {
      const joined = Buffer.concat(pieces);
      yield joined.subarray(0, CHUNK_BYTES);
      pieces = [joined.subarray(CHUNK_BYTES)];
      size -= CHUNK_BYTES;
    }
  }
  if (size > 0) yield Buffer.concat(pieces);
}
