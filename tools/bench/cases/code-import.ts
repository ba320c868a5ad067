import { setTimeout as delay } from 'node:timers/promises';
import { Readable } from 'node:stream';
import type { mongo } from 'mongoose';
import { Pool, type Dispatcher } from 'undici';
import { residentBytes } from '../resident-memory';
import { byRatio, byValue, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';

/** `CODE_IMPORT_LINES=1000000` for another. */
const LINES = Number(process.env['CODE_IMPORT_LINES'] ?? 200_000);
/** The file before, by which a fresh process grows to what it needs whatever comes. */
const EARLIER = LINES / 10;
/** Every so many lines one repeats the line before it, and one a code of the file before. */
const REPEAT_EVERY = 400;
const LINES_PER_PIECE = 1_000;
const DOCUMENTS_PER_INSERT = 500;
const PAGE = 200;
const LOOK_EVERY_MS = 200;
const SPEED_MIN = 0.1;
const GROWTH_MIB_MAX = 100;
const MIB = 1024 * 1024;

type Tell = (line: string) => void;
type Body = Dispatcher.RequestOptions['body'];
type Call = <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object, file?: Body) => Promise<T>;

interface CodeImport {
  importId: string;
  state: string;
  lineCount: number;
  importedCount: number;
  duplicateCount: number;
  refusedCount: number;
}
interface Refusal {
  line: number;
  reason: string;
  message: string;
}

const earlierCode = (index: number): string => `EARLIER-${index.toString(36).padStart(8, '0')}`;
const isRepeat = (index: number): boolean => index % REPEAT_EVERY === 1;
const isEarlier = (index: number): boolean => index % REPEAT_EVERY === 2;

function codeAt(index: number): string {
  if (isEarlier(index)) return earlierCode(index % EARLIER);
  return `CODE-${(isRepeat(index) ? index - 1 : index).toString(36).padStart(11, '0')}`;
}

/**
 * A long file of third-party codes with their secrets, sent over REST as an administrator does, behind one of a tenth. Some thousand lines
 * repeat a code of this file or of the one before; each is named with the line that came first. The floor inserts as many stored codes, bare.
 */
export const codeImport = (_: BenchStack, tell: Tell): Promise<BenchRow[]> =>
  onServices(['benefits', 'merchants', 'gateway'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: Tell): Promise<BenchRow[]> {
  const { services } = await stack.endpoints();
  const memory = ['benefits', 'gateway'].map((name) => {
    const pid = services.find((one) => one.name === name)?.pid ?? null;
    return { name, early: 0, late: 0, now: () => residentBytes(pid) / MIB };
  });
  const token = await stack.issueToken({ sub: 'bench', kind: 'staff', roles: ['admin'], org: 'hq' });
  const pool = new Pool(stack.gatewayUrl, { bodyTimeout: 0, headersTimeout: 0 });
  const call = caller(pool, token);
  await call('PUT', '/admin/v1/code-pools/bench', { name: 'bench', providerId: 'bench', orgPath: 'hq' });

  const note = (field: 'early' | 'late') => (): void =>
    memory.forEach((one) => (one[field] = Math.max(one[field], one.now())));
  const before = await importFile(call, 'earlier', () => fileOf(EARLIER, earlierCode), note('early'));
  tell(`code-import: ${EARLIER.toLocaleString('en')} lines in ${before.seconds.toFixed(1)} s`);
  const file = (): Readable => fileOf(LINES, codeAt);
  const { job, sentSeconds, seconds } = await importFile(call, 'large', file, note('late'), (lineCount, elapsed) =>
    tell(`code-import: ${lineCount.toLocaleString('en')} lines after ${elapsed.toFixed(0)} s`),
  );
  await requireNamed(call, job, before.job);
  await requireSafe(call, job, file);
  const bareSeconds = await insertCodes(await stack.bareDatabase('tidegate_benefits'));
  await pool.close();

  const grown = memory.map(({ name, early, late }) => `${name} ${early.toFixed(0)} then ${late.toFixed(0)} MiB`);
  tell(
    `code-import: ${LINES.toLocaleString('en')} lines sent in ${sentSeconds.toFixed(1)} s, imported in ${seconds.toFixed(1)} s, ` +
      `${job.duplicateCount} duplicates named; at most ${grown.join(', ')}`,
  );
  const name = `code-import: ${LINES.toLocaleString('en')} codes over REST; floor: the documents, bare`;
  return [
    byRatio(name, 'lines per second', LINES / seconds, LINES / bareSeconds, '>=', SPEED_MIN),
    ...memory.map(({ name: service, early, late }) => {
      const title = `code-import: memory of ${service} grown by a file ten times as long`;
      return byValue(title, 'MiB', Math.max(0, late - early), early, '<=', GROWTH_MIB_MAX);
    }),
  ];
}

/** Every call is a request of its own. */
function caller(pool: Pool, token: string): Call {
  let sequence = 0;
  return async <T>(method: 'GET' | 'POST' | 'PUT', path: string, body?: object, file?: Body) => {
    sequence += 1;
    const sent = file ?? (body === undefined ? undefined : JSON.stringify(body));
    const type = file === undefined ? 'application/json' : 'text/csv';
    const headers = {
      authorization: `Bearer ${token}`,
      'idempotency-key': `bench-${sequence}`,
      ...(sent !== undefined && { 'content-type': type }),
    };
    const { statusCode, body: answer } = await pool.request({ method, path, headers, body: sent });
    const content = await answer.json();
    if (statusCode >= 300) throw new Error(`code-import: ${path} answered ${statusCode}: ${JSON.stringify(content)}`);
    return content as T;
  };
}

/** Opens an import, sends its file and follows it to its end. */
async function importFile(
  call: Call,
  fileName: string,
  file: () => Readable,
  look: () => void,
  progress?: (lineCount: number, seconds: number) => void,
): Promise<{ job: CodeImport; sentSeconds: number; seconds: number }> {
  const opening = { fileName, secretColumn: 'secret' };
  const path = '/admin/v1/code-pools/bench/imports';
  const { import: opened } = await call<{ import: CodeImport }>('POST', path, opening);
  const url = `/admin/v1/code-imports/${opened.importId}`;
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  const timer = setInterval(look, LOOK_EVERY_MS);
  try {
    await call('PUT', `${url}/content`, undefined, file());
    const sentSeconds = elapsed();
    for (let told = LINES / 10; ;) {
      const { import: job } = await call<{ import: CodeImport }>('GET', url);
      if (job.state === 'completed') return { job, sentSeconds, seconds: elapsed() };
      if (job.state !== 'running') throw new Error(`code-import: ${JSON.stringify(job)}`);
      if (job.lineCount >= told) {
        progress?.(job.lineCount, elapsed());
        told += LINES / 10;
      }
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    clearInterval(timer);
  }
}

function fileOf(lines: number, codeOf: (index: number) => string): Readable {
  const pieces = function* (): Generator<string> {
    yield 'code,secret\n';
    for (let from = 0; from < lines; from += LINES_PER_PIECE) {
      const count = Math.min(LINES_PER_PIECE, lines - from);
      yield Array.from({ length: count }, (_each, n) => `${codeOf(from + n)},secret-${from + n}\n`).join('');
    }
  };
  return Readable.from(pieces());
}

/** All duplicates and nothing else are refused, each with the line and the import that had the code first. */
async function requireNamed(call: Call, { importId, ...counts }: CodeImport, before: CodeImport): Promise<void> {
  const expected = new Map<number, string>();
  for (let index = 0; index < LINES; index += 1) {
    // The header is line 1.
    if (isRepeat(index)) expected.set(index + 2, `Line ${index + 1} of this file has the same code.`);
    else if (isEarlier(index)) {
      const first = (index % EARLIER) + 2;
      expected.set(index + 2, `The code came into pool bench before, by line ${first} of import ${before.importId}.`);
    }
  }
  const wanted = { importedCount: LINES - expected.size, duplicateCount: expected.size, refusedCount: expected.size };
  if (Object.entries(wanted).some(([field, count]) => counts[field as keyof typeof wanted] !== count)) {
    throw new Error(`code-import: ${JSON.stringify(counts)} instead of ${JSON.stringify(wanted)}`);
  }
  for (let pageToken = ''; ;) {
    const path = `/admin/v1/code-imports/${importId}/errors?pageSize=${PAGE}&pageToken=${pageToken}`;
    const page = await call<{ errors: Refusal[]; nextPageToken: string }>('GET', path);
    for (const { line, reason, message } of page.errors) {
      if (reason !== 'CODE_DUPLICATE' || expected.get(line) !== message) {
        throw new Error(`code-import: line ${line} was refused as ${reason}: ${message}`);
      }
      expected.delete(line);
    }
    pageToken = page.nextPageToken;
    if (pageToken === '') break;
  }
  if (expected.size > 0) throw new Error(`code-import: ${expected.size} duplicates are not named`);
}

/** The same file sent again changes nothing. */
async function requireSafe(call: Call, done: CodeImport, file: () => Readable): Promise<void> {
  const url = `/admin/v1/code-imports/${done.importId}`;
  await call('PUT', `${url}/content`, undefined, file());
  const { import: after } = await call<{ import: CodeImport }>('GET', url);
  const { pool } = await call<{ pool: { importedCount: number } }>('GET', '/admin/v1/code-pools/bench');
  if (JSON.stringify(after) !== JSON.stringify(done) || pool.importedCount !== EARLIER + done.importedCount) {
    throw new Error(`code-import: sent again, ${JSON.stringify(after)}, the pool has ${pool.importedCount}`);
  }
}

/** As many documents as lines, copies of stored codes, into a collection of their own with nothing but their ids; seconds. */
async function insertCodes(database: mongo.Db): Promise<number> {
  const samples = await database.collection('pool_codes').find().limit(DOCUMENTS_PER_INSERT).toArray();
  const bare = database.collection<{ _id: string }>('code_import_floor');
  const startedAt = performance.now();
  for (let from = 0; from < LINES; from += DOCUMENTS_PER_INSERT) {
    await bare.insertMany(samples.map((sample, index) => ({ ...sample, _id: `floor:${from + index}` })));
  }
  return (performance.now() - startedAt) / 1000;
}
