import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { connect } from 'nats';
import { startInfra, type Infra } from './start-infra';

const withMongo = async <T>(
  infra: Infra,
  work: (db: mongo.Db, client: mongo.MongoClient) => Promise<T>,
): Promise<T> => {
  const client = new mongo.MongoClient(infra.mongodbUri, { serverSelectionTimeoutMS: 10_000 });
  try {
    return await work(client.db('infra_test'), client);
  } finally {
    await client.close();
  }
};

const withStream = async <T>(infra: Infra, work: (connection: Awaited<ReturnType<typeof connect>>) => Promise<T>) => {
  const connection = await connect({ servers: infra.natsUrl });
  try {
    return await work(connection);
  } finally {
    await connection.close();
  }
};

/** Collections that each transaction writes to. */
const NAMES = ['ones', 'others'];
/** Transactions after which the database is killed. */
const KILL_AFTER = 200;

describe('startInfra with its own servers', () => {
  let dataDir: string;
  let infra: Infra;

  beforeAll(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'tidegate-infra-'));
    infra = await startInfra({ dataDir, isPrivate: true });
  });

  afterAll(async () => {
    await infra.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('has transactions that roll back as a whole', async () => {
    await withMongo(infra, async (db, client) => {
      await db.createCollection('accounts');
      const session = client.startSession();
      const failing = session.withTransaction(async () => {
        await db.collection('accounts').insertOne({ owner: 'a' }, { session });
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      await session.endSession();
      expect(await db.collection('accounts').countDocuments()).toBe(0);
    });
  });

  it('lets nobody wait for what was written in a transaction whose client died', async () => {
    await withMongo(infra, async (db, client) => {
      await db.collection('stocks').insertOne({ name: 'umbrella', left: 3 });
      const session = client.startSession();
      session.startTransaction();
      await db.collection('stocks').updateOne({ name: 'umbrella' }, { $inc: { left: -2 } }, { session });
      await infra.endTransactions();
      await db.collection('stocks').updateOne({ name: 'umbrella' }, { $inc: { left: -1 } });
      await expect(session.commitTransaction()).rejects.toThrow(mongo.MongoServerError);
      expect(await db.collection('stocks').findOne()).toMatchObject({ left: 2 });
    });
  });

  it('keeps acknowledged documents and messages over a kill of both servers', async () => {
    await withMongo(infra, (db) => db.collection('kept').insertOne({ name: 'before the kill' }));
    await withStream(infra, async (connection) => {
      const manager = await connection.jetstreamManager();
      await manager.streams.add({ name: 'KEPT', subjects: ['kept.>'] });
      await connection.jetstream().publish('kept.one', new Uint8Array(6 * 1024 * 1024));
    });
    const before = { ...infra.pids };
    await Promise.all([infra.mongo?.kill('SIGKILL'), infra.nats?.kill('SIGKILL')]);
    expect(infra.pids).toEqual({ mongo: null, nats: null });
    await Promise.all([infra.mongo?.start(), infra.nats?.start()]);
    expect(infra.pids.mongo).not.toBe(before.mongo);

    expect(await withMongo(infra, (db) => db.collection('kept').countDocuments())).toBe(1);
    const state = await withStream(infra, async (connection) =>
      (await connection.jetstreamManager()).streams.info('KEPT').then((info) => info.state),
    );
    expect(state.messages).toBe(1);
  });

  it('keeps each acknowledged transaction, and none by half, over a kill in the middle of writing', async () => {
    const acknowledged: string[] = [];
    await withMongo(infra, async (db, client) => {
      for (const name of NAMES) await db.createCollection(name);
      const write = async (id: string): Promise<void> => {
        const session = client.startSession();
        session.startTransaction();
        for (const name of NAMES) await db.collection<{ _id: string }>(name).insertOne({ _id: id }, { session });
        await session.commitTransaction();
        acknowledged.push(id);
        if (acknowledged.length === KILL_AFTER) await infra.mongo?.kill('SIGKILL');
      };
      const writeOn = async (writer: number): Promise<void> => {
        for (let index = 0; ; index += 1) await write(`${writer}-${index}`);
      };
      await Promise.allSettled([1, 2, 3, 4].map(writeOn));
    });
    await infra.mongo?.start();

    await withMongo(infra, async (db) => {
      const idsOf = async (name: string): Promise<string[]> =>
        (await db.collection<{ _id: string }>(name).find().toArray()).map(({ _id }) => _id).sort();
      const [kept, others] = await Promise.all(NAMES.map(idsOf));
      expect(others).toEqual(kept);
      expect(kept).toEqual(expect.arrayContaining(acknowledged));
      expect(acknowledged.length).toBeGreaterThanOrEqual(KILL_AFTER);
    });
  });

  it('restarts each server at its address', async () => {
    const before = { ...infra.pids };
    await Promise.all([infra.restartMongo(), infra.restartNats()]);
    expect(infra.pids.mongo).not.toBe(before.mongo);
    expect(infra.pids.nats).not.toBe(before.nats);
    await withMongo(infra, (db) => db.command({ ping: 1 }));
    await withStream(infra, (connection) => connection.flush());
  });

  it('refuses a second start on the same data folder', async () => {
    await expect(startInfra({ dataDir, isPrivate: true })).rejects.toMatchObject({ reason: 'DATA_FOLDER_IN_USE' });
  });

  it('says which port is taken and leaves nothing running', async () => {
    const taken = infra.nats?.spec.port ?? 0;
    const other = mkdtempSync(join(tmpdir(), 'tidegate-infra-'));
    const failing = startInfra({ dataDir: other, isPrivate: true, nats: { port: taken } });
    await expect(failing).rejects.toMatchObject({
      reason: 'PORT_TAKEN',
      message: expect.stringContaining(String(taken)),
    });
    const again = await startInfra({ dataDir: other, isPrivate: true });
    await again.stop();
    rmSync(other, { recursive: true, force: true });
  });

  it('uses servers named by the environment and does not own them', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tidegate-infra-'));
    const shared = await startInfra({ dataDir: other });
    expect(shared.mongodbUri).toBe(process.env['MONGODB_URI']);
    expect(shared.natsUrl).toBe(process.env['NATS_URL']);
    await expect(shared.restartNats()).rejects.toMatchObject({ reason: 'SERVER_NOT_OWNED' });
    await shared.stop();
    await withStream(shared, (connection) => connection.flush());
    rmSync(other, { recursive: true, force: true });
  });
});

describe('startInfra with servers named by the environment that do not answer', () => {
  const { MONGODB_URI, NATS_URL } = process.env;
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'tidegate-infra-'));
  });

  afterEach(() => {
    Object.assign(process.env, { MONGODB_URI, NATS_URL });
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('names the database without its password', async () => {
    process.env['MONGODB_URI'] = 'mongodb://user:secret@127.0.0.1:1/?directConnection=true';
    const failure: unknown = await startInfra({ dataDir }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ reason: 'MONGODB_UNREACHABLE', message: expect.stringContaining('127.0.0.1:1') });
    expect((failure as Error).message).not.toContain('secret');
  });

  it('names the broker', async () => {
    process.env['NATS_URL'] = 'nats://127.0.0.1:1';
    await expect(startInfra({ dataDir })).rejects.toMatchObject({ reason: 'NATS_UNREACHABLE' });
  });
});
