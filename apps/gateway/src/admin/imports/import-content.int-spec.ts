import { request } from 'node:http';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { problemOf, send } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';
import { CHUNK_BYTES, CONTENT_BYTES_MAX } from './import-content';

// Goal: a file of any allowed size arrives whole, in equal chunks, without ever being held whole.

interface Chunk {
  importId: string;
  sequence: number;
  content: Buffer;
  isLast: boolean;
}

let gateway: TestGateway;
let chunks: Chunk[];
beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answer('customers.appendImportChunk', (request) => {
    chunks.push(request as unknown as Chunk);
    return {
      import: {
        importId: request.importId,
        fileName: 'f.csv',
        state: 'receiving',
        lineCount: 0,
        createdCount: 0,
        updatedCount: 0,
        unchangedCount: 0,
        refusedCount: 0,
        failureReason: '',
      },
    };
  });
});
afterAll(() => gateway?.stop());
beforeEach(() => (chunks = []));

const upload = async (body: string | Readable, headers: Record<string, string> = {}) => {
  const authorization = `Bearer ${await gateway.token()}`;
  const url = `${gateway.url}/admin/v1/customer-imports/imp-1/content`;
  const init = {
    method: 'PUT',
    body: body instanceof Readable ? Readable.toWeb(body) : body,
    headers: { authorization, 'content-type': 'text/csv', 'idempotency-key': 'u-1', ...headers },
    duplex: 'half',
  };
  const response = await fetch(url, init as RequestInit);
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
};

it.each([
  ['small', 10],
  ['one chunk exactly', CHUNK_BYTES],
  ['several chunks', 3 * CHUNK_BYTES + 17],
])('hands a file on whole: %s', async (_what, size) => {
  const file = randomBytes(size);
  const pieces = Readable.from(
    (function* () {
      for (let at = 0; at < size; at += 70_001) yield file.subarray(at, at + 70_001);
    })(),
  );
  const reply = await upload(pieces);
  expect(reply).toMatchObject({ status: 202, body: { import: { importId: 'imp-1', state: 'receiving' } } });
  expect(chunks.map(({ sequence }) => sequence)).toEqual(chunks.map((_chunk, index) => index));
  expect(chunks.map(({ isLast }) => isLast)).toEqual(chunks.map((_chunk, index) => index === chunks.length - 1));
  expect(chunks.slice(0, -1).every(({ content }) => content.length === CHUNK_BYTES)).toBe(true);
  const received = createHash('sha256')
    .update(Buffer.concat(chunks.map(({ content }) => content)))
    .digest('hex');
  expect(received).toBe(createHash('sha256').update(file).digest('hex'));
});

it('refuses an empty file', async () => {
  const reply = await upload('');
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({
    status: 400,
    reason: 'VALIDATION_FAILED',
  });
  expect(chunks).toEqual([]);
});

it('refuses a file that says it is too large before it is sent', async () => {
  const authorization = `Bearer ${await gateway.token()}`;
  const status = await new Promise<number>((resolve, reject) => {
    const headers = {
      authorization,
      'content-type': 'text/csv',
      'idempotency-key': 'u-2',
      'content-length': String(CONTENT_BYTES_MAX + 1),
    };
    const url = `${gateway.url}/admin/v1/customer-imports/imp-1/content`;
    const outgoing = request(url, { method: 'PUT', headers }, (response) => {
      resolve(response.statusCode ?? 0);
      outgoing.destroy();
    });
    outgoing.on('error', reject);
    outgoing.flushHeaders();
  });
  expect(status).toBe(413);
});

it('never says that a file is complete when its sender went away', async () => {
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(CHUNK_BYTES * 2, 'x');
      throw new Error('the line broke');
    })(),
  );
  await expect(upload(broken)).rejects.toThrow();
  expect(chunks.some(({ isLast }) => isLast)).toBe(false);
  const other = await send(gateway, { method: 'GET', path: '/openapi/admin.json', headers: {} });
  expect(other.status).toBe(200);
});
