import { randomBytes } from 'node:crypto';
import { type DomainError, refused } from '@tidegate/errors';
import { renderMetrics } from '@tidegate/observability';
import { Schema } from 'mongoose';
import { GroupCommitter, settle, type Settled } from './group-committer';
import { Mongo } from './mongo';

// Goal: writes are exact under races and repeats, on the real database.

interface Counter {
  _id: string;
  count: number;
}
const schema = new Schema<Counter>({ _id: String, count: Number }, { versionKey: false });

/** Of the embedded database 1,000 by itself. */
const OPEN_COUNT = 1_500;

const database = `t${randomBytes(5).toString('hex')}_mongo`;
let mongo: Mongo;
const counters = () => mongo.model<Counter>('Counter', schema);
const read = async (id: string): Promise<number | undefined> => (await counters().findById(id).lean<Counter>())?.count;

beforeAll(async () => {
  mongo = await Mongo.connect(process.env.MONGODB_URI ?? '', database);
  counters();
  await mongo.ready();
});
afterAll(async () => {
  await mongo?.connection.dropDatabase();
  await mongo?.close();
});

describe('transaction', () => {
  it('loses no increment among 40 read-modify-write transactions on one document', async () => {
    await counters().create({ _id: 'race', count: 0 });
    const increment = () =>
      mongo.transaction(async (tx) => {
        const found = await counters().findById('race', null, { session: tx.session }).lean<Counter>();
        await counters().updateOne(
          { _id: 'race' },
          { $set: { count: (found?.count ?? 0) + 1 } },
          { session: tx.session },
        );
      });
    const results = await Promise.allSettled(Array.from({ length: 40 }, increment));
    const done = results.filter(({ status }) => status === 'fulfilled').length;
    expect(await read('race')).toBe(done);
    for (const result of results) {
      if (result.status === 'rejected')
        expect(result.reason).toMatchObject({ code: 'ABORTED', reason: 'WRITE_CONFLICT' });
    }
  });

  it('has more transactions open at once than the database allows sessions by itself, and reads beside them', async () => {
    let [open, letGo] = [0, () => {}];
    const isFree = new Promise<void>((resolve) => (letGo = resolve));
    const wait = (name: string) =>
      mongo.transaction(async (tx) => {
        await counters().create([{ _id: name, count: 1 }], { session: tx.session });
        open += 1;
        if (open === OPEN_COUNT) letGo();
        await isFree;
      });
    const work = Array.from({ length: OPEN_COUNT }, (_, index) => wait(`open ${index}`));
    await Promise.race([isFree, Promise.all(work)]);
    expect(await read('race')).toBeGreaterThan(0);
    await Promise.all(work);
    expect(await counters().countDocuments({ _id: /^open / })).toBe(OPEN_COUNT);
  });

  it('stores nothing, not even events, when the work throws', async () => {
    const before = await mongo.outbox.model.countDocuments();
    const work = mongo.transaction(async (tx) => {
      await counters().create([{ _id: 'thrown', count: 1 }], { session: tx.session });
      tx.emit({
        specversion: '1.0',
        id: 'e',
        source: 's',
        type: 'tidegate.test.v1.Never',
        subject: 'x',
        time: '',
        data: {},
      });
      throw refused('NO', 'no');
    });
    await expect(work).rejects.toMatchObject({ reason: 'NO' });
    expect(await read('thrown')).toBeUndefined();
    expect(await mongo.outbox.model.countDocuments()).toBe(before);
  });
});

it('stays committed when a listener of commits fails', async () => {
  const heard: string[] = [];
  mongo.onCommit(() => {
    throw new Error('a listener of commits is broken');
  });
  mongo.onCommit((messages) => heard.push(...messages.map(({ subject }) => subject)));
  await mongo.transaction(async (tx) => {
    await counters().create([{ _id: 'told', count: 1 }], { session: tx.session });
    tx.emit({
      specversion: '1.0',
      id: 'e',
      source: 's',
      type: 'tidegate.test.v1.Told',
      subject: 'x',
      time: '',
      data: {},
    });
  });
  // Whoever waited goes on before.
  expect(heard).toEqual([]);
  expect(await read('told')).toBe(1);
  expect(heard).toEqual(['evt.test.v1.told']);
});

describe('once', () => {
  it('runs one of 20 concurrent repeats and gives all of them its result, dates and all', async () => {
    await counters().create({ _id: 'once', count: 0 });
    const work = () =>
      mongo.once({ scope: 'test', requestId: 'r1', input: { a: 1, b: 2 } }, async (tx) => {
        await counters().updateOne({ _id: 'once' }, { $inc: { count: 1 } }, { session: tx.session });
        return { at: new Date('2026-03-02T00:00:00Z'), list: [1, { two: 2 }] };
      });
    const results = await Promise.all(Array.from({ length: 20 }, work));
    expect(await read('once')).toBe(1);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[7]!.at).toEqual(new Date('2026-03-02T00:00:00Z'));
  });

  it('does not care about key order, and refuses the id for other content', async () => {
    const again = (input: object) => mongo.once({ scope: 'test', requestId: 'r2', input }, async () => 'first');
    await again({ a: 1, b: { c: [2], d: undefined } });
    await expect(again({ b: { c: [2] }, a: 1 })).resolves.toBe('first');
    await expect(again({ a: 1, b: { c: [3] } })).rejects.toMatchObject({
      code: 'ALREADY_EXISTS',
      reason: 'REQUEST_ID_REUSED',
    });
  });

  it('remembers nothing of a refusal, so a later try may succeed', async () => {
    const key = { scope: 'test', requestId: 'r3', input: {} };
    await expect(mongo.once(key, () => Promise.reject(refused('NOT_YET', 'not yet')))).rejects.toMatchObject({
      reason: 'NOT_YET',
    });
    await expect(mongo.once(key, () => Promise.resolve('now'))).resolves.toBe('now');
  });
});

describe(GroupCommitter.name, () => {
  const committer = (batches: number[] = []) =>
    new GroupCommitter<number, number>(mongo, {
      name: 'test',
      batchMax: 64,
      queueMax: 500,
      commit: async (commands, tx) => {
        batches.push(commands.length);
        const found = await counters().findById('group', null, { session: tx.session }).lean<Counter>();
        let count = found?.count ?? 0;
        const settled: Settled<number>[] = commands.map((command) =>
          settle(() => {
            if (command < 0) throw refused('NEGATIVE', 'negative');
            if (command > 1_000) throw new TypeError('a defect');
            return (count += command);
          }),
        );
        await counters().updateOne({ _id: 'group' }, { $set: { count } }, { session: tx.session });
        return settled;
      },
    });
  beforeEach(() => counters().updateOne({ _id: 'group' }, { $set: { count: 0 } }, { upsert: true }));

  it('commits many commands in few batches, each answered by its own result', async () => {
    const batches: number[] = [];
    const group = committer(batches);
    const results = await Promise.allSettled(
      Array.from({ length: 300 }, (_, index) => group.submit(index % 3 === 0 ? -1 : 1)),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(200);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(100);
    expect(await read('group')).toBe(200);
    expect(batches.length).toBeLessThan(20);
    const { body } = await renderMetrics();
    expect(body).toContain('group_commit_commands_total{committer="test",outcome="done"} 200');
    expect(body).toContain('group_commit_commands_total{committer="test",outcome="refused"} 100');
  });

  it('lets a defect in one command fail that command only', async () => {
    const group = committer();
    const results = await Promise.allSettled([1, 5_000, 2, -1, 3].map((command) => group.submit(command)));
    expect(results.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    expect(await read('group')).toBe(6);
  });

  it('stays exact with two committers on one document, as two replicas have', async () => {
    const [left, right] = [committer(), committer()];
    await Promise.all(Array.from({ length: 200 }, (_, index) => (index % 2 ? left : right).submit(1)));
    expect(await read('group')).toBe(200);
  });

  it('takes half of those who wait in a rush, up to its limit, and begins the next before it answers', async () => {
    const told: string[] = [];
    const sizes: number[] = [];
    const group = new GroupCommitter<number, number>(mongo, {
      ...{ name: 'rush', batchMax: 10, rushMax: 200 },
      commit: (commands) => {
        told.push(`begins ${commands[0]}`);
        sizes.push(commands.length);
        return Promise.resolve(commands.map((value) => ({ value })));
      },
    });
    const submit = (command: number) => group.submit(command).then((value) => told.push(`answers ${value}`));
    await Promise.all(Array.from({ length: 600 }, (_, index) => submit(index)));
    expect(sizes.slice(0, 4)).toEqual([200, 200, 100, 50]);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(600);
    expect(told.indexOf('begins 200')).toBeLessThan(told.indexOf('answers 0'));
  });

  it('fails what a batch left unanswered, and nothing beside it', async () => {
    const group = new GroupCommitter<number, number>(mongo, {
      name: 'short',
      commit: ([first = 0]) => Promise.resolve([{ value: first }]),
    });
    const results = await Promise.allSettled([1, 2].map((command) => group.submit(command)));
    expect(results).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: new Error('short: a command was left unanswered') },
    ]);
  });

  it('refuses clearly when too many wait', async () => {
    const group = committer();
    const results = await Promise.allSettled(Array.from({ length: 700 }, () => group.submit(1)));
    const refusals = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as DomainError] : []));
    expect(refusals.length).toBe(200);
    expect(refusals[0]).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'QUEUE_FULL', retryAfterMs: 1000 });
  });
});
