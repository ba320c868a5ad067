import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { CodeImportReader } from './importing/code-import-reader';
import { CodeImportRepository } from './repositories/code-import.repository';
import { importCodes, putPool } from './testing/code-pools.fixture';

// Goal: a long file is imported as it is read, never held whole, and every duplicate in it is named.

const LINES = 20_000;
/** Every so many lines one repeats the line before it, and one a line far above. */
const REPEAT_EVERY = 400;
const CHUNK_BYTES = 64 * 1024;
const LINES_PER_BATCH = 500;
const TIMEOUT_MS = 600_000;

let service: TestService;
const client = () => service.client(CodePoolsServiceService);

/** The data line, from 0, whose code a line repeats; its own for a new code. */
function sourceOf(index: number): number {
  if (index % REPEAT_EVERY === 1) return index - 1;
  return index % REPEAT_EVERY === 2 && index > REPEAT_EVERY ? (index - 2) / 2 : index;
}
const isRepeat = (index: number): boolean => sourceOf(index) !== index;
// As long as each other, and of few repeats: a line that is repeated is never a repeat itself.
const codeOf = (index: number): string => `CODE-${sourceOf(index).toString().padStart(11, '0')}`;

beforeAll(async () => {
  service = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES });
});
afterAll(() => service?.stop());
afterEach(() => jest.restoreAllMocks());

it(
  'imports twenty thousand lines chunk by chunk and names every duplicate with the line before',
  async () => {
    const rows = Array.from({ length: LINES }, (_, index) => codeOf(index));
    const linesPerChunk = Math.ceil(CHUNK_BYTES / (rows[0]!.length + 1));
    const { content } = service.app.get(CodeImportRepository, { strict: false });
    const reader = service.app.get(CodeImportReader, { strict: false });
    const [find, write] = [content.find.bind(content), reader.write.bind(reader)];
    let [readChunks, writtenLines, heldMax, batchMax] = [0, 0, 0, 0];
    jest.spyOn(content, 'find').mockImplementation((importId, sequence) => {
      readChunks = sequence + 1;
      heldMax = Math.max(heldMax, readChunks * linesPerChunk - writtenLines);
      return find(importId, sequence);
    });
    jest.spyOn(reader, 'write').mockImplementation((job, lines, tx) => {
      batchMax = Math.max(batchMax, lines.length);
      // Those before it are written for good.
      writtenLines = job.lineCount;
      return write(job, lines, tx);
    });
    await putPool(client(), 'long');
    const file = ['code', ...rows, ''].join('\n');
    const done = await importCodes(client(), 'long', file, { chunkBytes: CHUNK_BYTES, timeoutMs: TIMEOUT_MS });

    const repeats = rows.flatMap((_, index) => (isRepeat(index) ? [index] : []));
    expect(repeats.length).toBeGreaterThan(90);
    expect(done).toMatchObject({
      state: 'completed',
      lineCount: LINES,
      importedCount: LINES - repeats.length,
      duplicateCount: repeats.length,
      refusedCount: repeats.length,
    });
    // Never more than what is read of two chunks and the two batches that are written of them.
    expect([readChunks, batchMax]).toEqual([Math.ceil(file.length / CHUNK_BYTES), LINES_PER_BATCH]);
    expect(heldMax).toBeLessThanOrEqual(2 * linesPerChunk + 2 * LINES_PER_BATCH);

    const named: [number, string, string][] = [];
    let pageToken = '';
    do {
      const page = await client().listCodeImportErrors({ importId: done.importId, pageSize: 200, pageToken });
      named.push(
        ...page.errors.map(({ line, reason, message }) => [line, reason, message] as [number, string, string]),
      );
      pageToken = page.nextPageToken;
    } while (pageToken !== '');
    // The header is line 1.
    const wanted = repeats.map((index) => [
      index + 2,
      'CODE_DUPLICATE',
      `Line ${sourceOf(index) + 2} of this file has the same code.`,
    ]);
    expect(named).toEqual(wanted);
    expect((await client().getCodePool({ poolId: 'long' })).pool).toMatchObject({ availableCount: done.importedCount });
  },
  TIMEOUT_MS,
);
