import { randomBytes } from 'node:crypto';
import { refused } from '@tidegate/errors';
import { Schema } from 'mongoose';
import { Mongo } from './mongo';
import { OnceCommitter } from './once-committer';

// Goal: of commands with a request id each is done once, whichever batch or replica its repeats come to, and is told its first answer.

interface Counter {
  _id: string;
  count: number;
}
const schema = new Schema<Counter>({ _id: String, count: Number }, { versionKey: false });

interface Add {
  requestId: string;
  amount: number;
}

const database = `t${randomBytes(5).toString('hex')}_once`;
let mongo: Mongo;
beforeAll(async () => {
  mongo = await Mongo.connect(process.env.MONGODB_URI ?? '', database);
  mongo.model<Counter>('Counter', schema);
  await mongo.ready();
  await counters().create({ _id: 'sum', count: 0 });
});
afterAll(async () => {
  await mongo?.connection.dropDatabase();
  await mongo?.close();
});

const counters = () => mongo.model<Counter>('Counter', schema);
const read = async (): Promise<number | undefined> => (await counters().findById('sum').lean<Counter>())?.count;

/** Adds to one sum, and answers what it came to. */
const replica = () =>
  new OnceCommitter<Add, number>(mongo, {
    name: 'test',
    batchMax: 16,
    keyOf: ({ requestId, amount }) => (requestId ? { scope: 'add', requestId, input: { amount } } : undefined),
    open: async (_commands, { session }) => {
      let count = (await counters().findById('sum', null, { session }).lean<Counter>())?.count ?? 0;
      return {
        decide: ({ amount }) => {
          if (amount < 0) throw refused('NEGATIVE', 'negative');
          return (count += amount);
        },
        save: async () => {
          await counters().updateOne({ _id: 'sum' }, { $set: { count } }, { session });
        },
      };
    },
  });

it('does each request once over two replicas, and tells all of its repeats the first answer', async () => {
  const replicas = [replica(), replica()];
  const requests = Array.from({ length: 120 }, (_, index) => ({ requestId: `r-${index % 40}`, amount: 1 }));
  const answers = await Promise.all(requests.map((request, index) => replicas[index % 2]!.submit(request)));
  expect(await read()).toBe(40);
  expect(new Set(answers).size).toBe(40);
  expect(answers.slice(40, 80)).toEqual(answers.slice(0, 40));
  expect(answers.slice(80)).toEqual(answers.slice(0, 40));
  expect(await replica().submit(requests[3]!)).toBe(answers[3]);
});

it('refuses an id with other content, forgets a refusal, and does commands without an id each time', async () => {
  const group = replica();
  const before = (await read())!;
  const outcomes = await Promise.allSettled([
    group.submit({ requestId: 'a', amount: 1 }),
    group.submit({ requestId: 'a', amount: 2 }),
    group.submit({ requestId: 'b', amount: -1 }),
    group.submit({ requestId: '', amount: 5 }),
    group.submit({ requestId: '', amount: 5 }),
  ]);
  const told = outcomes.map((one) => (one.status === 'fulfilled' ? one.value - before : one.reason.reason));
  expect(told).toEqual([1, 'REQUEST_ID_REUSED', 'NEGATIVE', 6, 11]);
  await expect(group.submit({ requestId: 'b', amount: 3 })).resolves.toBe(before + 14);
  expect(await read()).toBe(before + 14);
});
