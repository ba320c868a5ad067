import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { CHUNK_BYTES, CONTENT_BYTES_MAX, forwardContent, type ContentChunk } from './import-content';

const recording = () => {
  const chunks: { sequence: number; size: number; isLast: boolean }[] = [];
  const append = async ({ sequence, content, isLast }: ContentChunk): Promise<void> => {
    chunks.push({ sequence, size: content.length, isLast });
  };
  return { chunks, append };
};

const pieces = (sizes: number[]): Readable => Readable.from(sizes.map((size) => Buffer.alloc(size, 'x')));

it('cuts a file at the same places however it comes in', async () => {
  const cut = fc.array(fc.integer({ min: 1, max: CHUNK_BYTES * 2 }), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(cut, async (sizes) => {
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const [torn, whole] = [recording(), recording()];
      await forwardContent({ body: pieces(sizes) }, torn.append);
      await forwardContent({ body: pieces([total]) }, whole.append);
      expect(torn.chunks).toEqual(whole.chunks);
      expect(torn.chunks.reduce((sum, { size }) => sum + size, 0)).toBe(total);
      expect(torn.chunks.filter(({ isLast }) => isLast)).toEqual([torn.chunks.at(-1)]);
    }),
    { numRuns: 25 },
  );
});

it('stops at a file that grows too large, and never calls it complete', async () => {
  const { chunks, append } = recording();
  const mebibyte = 1024 * 1024;
  const content = pieces(Array.from({ length: CONTENT_BYTES_MAX / mebibyte + 1 }, () => mebibyte));
  await expect(forwardContent({ body: content }, append)).rejects.toMatchObject({
    reason: 'BODY_TOO_LARGE',
    status: 413,
  });
  expect(chunks.some(({ isLast }) => isLast)).toBe(false);
});

it('refuses an empty file', async () => {
  const { append } = recording();
  for (const body of [pieces([]), undefined, null]) {
    await expect(forwardContent({ body }, append)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
});
