import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { findOnPath } from './executable';
import type { ServerSpec } from './server-process';

/** Which program speaks MongoDB's protocol for us. */
export interface MongoProgram {
  kind: 'mongod' | 'secantusd-rs';
  command: string;
}

const SET_NAME = 'tidegate';
const CHECK_MS = 5_000;
/** As many as MongoDB's own server has. Each open transaction takes one, and without one even a read fails (InternalError). */
const SESSIONS_MAX = 33_000;

/** The database program on PATH, MongoDB's own before the embedded one; null when there is neither. */
export function findMongoProgram(path?: string): MongoProgram | null {
  for (const kind of ['mongod', 'secantusd-rs'] as const) {
    const command = findOnPath(kind, path);
    if (command !== null) return { kind, command };
  }
  return null;
}

/** The address of a single-node server; direct, so that a renamed replica set member never matters. */
export function mongoUri(port: number): string {
  return `mongodb://127.0.0.1:${port}/?directConnection=true`;
}

/** How to run the database on its own sub-folder; each kind has its own, their files do not mix. */
export function mongoServer(program: MongoProgram, port: number, dataDir: string): ServerSpec {
  const storage = join(dataDir, program.kind === 'mongod' ? 'mongodb' : 'secantusdb');
  mkdirSync(storage, { recursive: true });
  return {
    name: program.kind,
    command: program.command,
    args: program.kind === 'mongod' ? mongodArgs(port, storage) : secantusArgs(port, storage),
    ...(program.kind === 'secantusd-rs' && { env: SECANTUS_ENV }),
    port,
    logFile: join(dataDir, 'logs', `${program.kind}.log`),
    probe: program.kind === 'mongod' ? () => ensureReplicaSet(port) : () => checkMongo(mongoUri(port)),
  };
}

function mongodArgs(port: number, storage: string): string[] {
  return ['--dbpath', storage, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', SET_NAME, '--quiet'];
}

/**
 * Without its log of operations, which is for change streams alone, and we have none: what is committed is in the log of the storage engine, which is what it recovers
 * from. With both a lone transaction takes twice as long, and a rush of claims a quarter longer.
 */
const SECANTUS_ENV = { SECANTUS_DISABLE_OPLOG: '1' };

// Without --sync-on-commit a kill loses acknowledged writes; with the default log size an empty store takes 2 GB.
function secantusArgs(port: number, storage: string): string[] {
  const address = ['--host', '127.0.0.1', '--port', String(port), '--storage-path', storage];
  const sizes = ['--log-file-max', '128MB', '--cache-size', '512M', '--session-max', String(SESSIONS_MAX)];
  return [...address, '--sync-on-commit', ...sizes, '--log-level', 'WARNING'];
}

/** Fails unless the server answers, takes writes and can do transactions (a replica set member or a router). */
export async function checkMongo(uri: string): Promise<void> {
  await withClient(uri, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (hello['setName'] === undefined && hello['msg'] !== 'isdbgrid') {
      throw new Error('it is not a replica set, so it has no transactions');
    }
    if (hello['isWritablePrimary'] !== true) throw new Error('it takes no writes');
  });
}

/**
 * Ends the transactions of all clients, as the server does by itself a minute after a client died in the middle of one: until then
 * nobody else may write what it wrote. Those who live run theirs again.
 */
export async function endTransactions(uri: string): Promise<void> {
  await withClient(uri, async (admin) => {
    await admin.command({ killAllSessions: [] });
  });
}

/** Initiates the single-node set, or tells it its new address: its port may differ from the last run's. */
async function ensureReplicaSet(port: number): Promise<void> {
  const host = `127.0.0.1:${port}`;
  await withClient(mongoUri(port), async (admin) => {
    const config = await findReplicaSetConfig(admin);
    if (config === null) {
      await admin.command({ replSetInitiate: { _id: SET_NAME, members: [{ _id: 0, host }] } });
    } else if (config.members[0]?.host !== host) {
      const moved = { ...config, version: config.version + 1, members: [{ ...config.members[0], _id: 0, host }] };
      await admin.command({ replSetReconfig: moved, force: true });
    }
  });
  await checkMongo(mongoUri(port));
}

interface ReplicaSetConfig {
  version: number;
  members: { _id: number; host: string }[];
}

const NOT_YET_INITIALIZED = 94;

async function findReplicaSetConfig(admin: mongo.Admin): Promise<ReplicaSetConfig | null> {
  try {
    const answer = await admin.command({ replSetGetConfig: 1 });
    return answer['config'] as ReplicaSetConfig;
  } catch (error) {
    if (error instanceof mongo.MongoServerError && error.code === NOT_YET_INITIALIZED) return null;
    throw error;
  }
}

async function withClient(uri: string, work: (admin: mongo.Admin) => Promise<void>): Promise<void> {
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: CHECK_MS, connectTimeoutMS: CHECK_MS });
  try {
    await work(client.db('admin').admin());
  } finally {
    await client.close(true);
  }
}
