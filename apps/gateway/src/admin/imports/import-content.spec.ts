import { Readable } from 'node:stream';
import type { AppendImportChunkRequest } from '@tidegate/contracts/customers/v1/customers';
import * as fc from 'fast-check';
import type { Peers } from '../../peers/peers';
import { CHUNK_BYTES, CONTENT_BYTES_MAX, forwardContent } from './import-content';

const recording = () => {
  const chunks: { sequence: number; size: number; isLast: boolean }[] = [];
  const appendImportChunk = async ({ sequence, content, isLast }: AppendImportChunkRequest) => {
    chunks.push({ sequence, size: content.length, isLast });
    return { import: undefined };
  };
  return { chunks, peers: { customers: { appendImportChunk } } as unknown as Peers };
};

const pieces = (sizes: number[]): Readable => Readable.from(sizes.map((size) => Buffer.alloc(size, 'x')));

it('cuts a file at the same places however it comes in', async () => {
  const cut = fc.array(fc.integer({ min: 1, max: CHUNK_BYTES * 2 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(cut, async (sizes) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const [torn, whole] = [recording(), recording()];
      await forwardContent(torn.peers, 'i', pieces(sizes));
      await forwardContent(whole.peers, 'i', pieces([total]));
      expect(torn.chunks).toEqual(whole.chunks);
      expect(torn.chunks.reduce((sum, { size }) => sum + size, 0)).toBe(total);
      expect(torn.chunks.filter(({ isLast }) => isLast)).toEqual([torn.chunks.at(-1)]);
    }),
    { numRuns: 25 },
  );
});

it('stops at a file that grows too large, and never calls it complete', async () => {
  const { chunks, peers } = recording();
  const mebibyte = 1024 * 1024;
  const content = pieces(Array.from({ length: CONTENT_BYTES_MAX / mebibyte + 1 }, () => mebibyte));
  await expect(forwardContent(peers, 'i', content)).rejects.toMatchObject({ reason: 'BODY_TOO_LARGE', status: 413 });
  expect(chunks.some(({ isLast }) => isLast)).toBe(false);
});

it('refuses an empty file', async () => {
  const { peers } = recording();
  await expect(forwardContent(peers, 'i', pieces([]))).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
