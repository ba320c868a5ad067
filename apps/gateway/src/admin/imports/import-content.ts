import type { Readable } from 'node:stream';
import { AppendImportChunkRequest, type AppendImportChunkResponse } from '@tidegate/contracts/customers/v1/customers';
import { bodyTooLarge, faulty } from '../../http/http-errors';
import { LONG, type Peers } from '../../peers/peers';

export const CONTENT_BYTES_MAX = 64 * 1024 * 1024;
/** Always cut at the same places, so that the same file sent again repeats the same chunks. */
export const CHUNK_BYTES = 512 * 1024;

/**
 * Hands a file on to the customers service piece by piece; no more than two chunks are held at a time.
 * @throws BODY_TOO_LARGE, VALIDATION_FAILED when it is empty, and what AppendImportChunk throws
 */
export async function forwardContent(
  peers: Peers,
  importId: string,
  content: Readable,
): Promise<AppendImportChunkResponse> {
  let sequence = 0;
  const append = (chunk: Buffer, isLast: boolean): Promise<AppendImportChunkResponse> => {
    const request = AppendImportChunkRequest.fromPartial({ importId, sequence, content: chunk, isLast });
    sequence += 1;
    return peers.customers.appendImportChunk(request, LONG);
  };
  let waiting: Buffer | undefined;
  for await (const chunk of inChunks(content)) {
    // The last one must say that it is, so each waits for the next.
    if (waiting) await append(waiting, false);
    waiting = chunk;
  }
  if (!waiting) throw faulty('', 'the file is empty');
  return append(waiting, true);
}

/** The bytes of a stream in chunks of equal size, the last one shorter. */
async function* inChunks(content: Readable): AsyncGenerator<Buffer> {
  let pieces: Buffer[] = [];
  let size = 0;
  let total = 0;
  for await (const piece of content as AsyncIterable<Buffer>) {
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
