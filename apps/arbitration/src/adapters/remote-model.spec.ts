import { ArbitrationConfig } from '../arbitration.config';
import type { OnnxContract } from '../domain/models/onnx-contract';
import { InferenceServer, REMOTE_SPEC, type Mood } from '../testing/inference-server';
import { RemoteModel } from './remote-model';

// Goal: a server that is slow, fails or lies costs an error with a reason, never a wrong score; and nobody else is ever called.

const contract = { ...REMOTE_SPEC, forbidden: [] } as unknown as OnnxContract;
let server: InferenceServer;

beforeAll(async () => {
  server = await InferenceServer.start();
});
beforeEach(() => {
  server.mood = 'well';
});
afterAll(() => server?.stop());

const modelAt = (baseUrl: string, own: OnnxContract = contract, timeoutMs = '30000'): RemoteModel =>
  new RemoteModel(
    { baseUrl, name: 'deposit', version: '', scoreMaxAgeSeconds: 60 },
    own,
    new ArbitrationConfig({
      ARBITRATION_MODEL_ADDRESSES: server.origin,
      ARBITRATION_MODEL_TOKENS: `${server.origin}=s3cret`,
      ARBITRATION_MODEL_TIMEOUT_MS: timeoutMs,
    }),
  );
const failureOf = (work: Promise<unknown>): Promise<{ reason: string; message: string; violations?: unknown[] }> =>
  work.then(
    () => ({ reason: 'none', message: '' }),
    (error: { reason: string; message: string }) => error,
  );

it('scores in the order of the rows, over several calls, with its token', async () => {
  const rows = Array.from({ length: 600 }, (_, i) => ({ x: i % 100 }));
  const model = modelAt(server.origin);
  await model.check();
  expect(await model.scoreBatch(rows)).toEqual(rows.map(({ x }) => x / 100));
  expect(server.authorization).toBe('Bearer s3cret');
  expect(await model.scoreBatch([{}])).toEqual([0.01]);
  expect(await model.scoreBatch([])).toEqual([]);
});

it.each<[Mood, string]>([
  ['failing', 'MODEL_UNREACHABLE'],
  ['redirecting', 'MODEL_UNREACHABLE'],
  ['malformed', 'MODEL_ANSWER_INVALID'],
  ['huge', 'MODEL_ANSWER_INVALID'],
])('says of a server that is %s why it cannot score', async (mood, reason) => {
  server.mood = mood;
  const failure = await failureOf(modelAt(server.origin).scoreBatch([{ x: 5 }]));
  expect(failure.reason).toBe(reason);
  expect(JSON.stringify(failure) + failure.message).not.toContain('s3cret');
});

it('takes what is no probability for no score, of that row alone', async () => {
  expect(await modelAt(server.origin).scoreBatch([{ x: 5 }, { x: -1 }, { x: 7 }])).toEqual([0.05, null, 0.07]);
  server.mood = 'out-of-range';
  expect(await modelAt(server.origin).scoreBatch([{ x: 5 }, { x: 6 }])).toEqual([null, null]);
});

it('waits no longer than it is told', async () => {
  server.mood = 'slow';
  const failure = await failureOf(modelAt(server.origin, contract, '50').scoreBatch([{ x: 5 }]));
  expect(failure.reason).toBe('MODEL_UNREACHABLE');
  expect(failure.message).toContain('50 ms');
});

it('calls no server but those on the list', async () => {
  const before = server.rowCount;
  for (const address of ['http://127.0.0.1:1', server.origin.replace('127.0.0.1', 'localhost')]) {
    expect((await failureOf(modelAt(address).check())).reason).toBe('MODEL_ADDRESS_NOT_ALLOWED');
  }
  for (const address of [`${server.origin}/v2?x=`, server.origin.replace('//', '//user@'), 'file:///etc']) {
    expect((await failureOf(modelAt(address).check())).reason).toBe('VALIDATION_FAILED');
  }
  expect(server.rowCount).toBe(before);
});

it('names every input and output that is another', async () => {
  const features = [{ name: 'y', kind: 'categorical' as const }];
  const failure = await failureOf(modelAt(server.origin, { ...contract, features, output: 'p' }).check());
  expect(failure).toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'inputs' }, { field: 'inputs.y' }, { field: 'output' }],
  });
});
