import { DataFolder } from './data-folder';
import { ensureEmbedded } from './embedded-install';
import { findOnPath } from './executable';
import { findFreePort } from './free-port';
import { InfraError } from './infra.errors';
import {
  checkMongo,
  endTransactions,
  findMongoProgram,
  mongoServer,
  mongoUri,
  type MongoProgram,
} from './mongo-server';
import { checkNats, natsServer, natsUrl } from './nats-server';
import type { OnProgress } from './progress';
import { ServerProcess, type ServerSpec } from './server-process';

export interface InfraOptions {
  /** Holds databases, streams, logs and process records; survives restarts. A claimed folder is not released by `stop`. */
  dataDir: string | DataFolder;
  onProgress?: OnProgress;
  /** A fixed port; a free one is chosen when absent. */
  mongo?: { port: number };
  nats?: { port: number };
  /** Start own servers even when MONGODB_URI or NATS_URL is set: for tests that kill them. */
  isPrivate?: boolean;
}

/** A running MongoDB and NATS. `mongo` and `nats` are null when the environment named them: then they are not ours. */
export interface Infra {
  mongodbUri: string;
  natsUrl: string;
  mongo: ServerProcess | null;
  nats: ServerProcess | null;
  readonly pids: { mongo: number | null; nats: number | null };
  stop: () => Promise<void>;
  restartMongo: () => Promise<void>;
  restartNats: () => Promise<void>;
  /** So that nobody waits for what a client wrote that has just died; nothing where the database is not ours. */
  endTransactions: () => Promise<void>;
}

const PORT_TRIES_MAX = 5;

/**
 * Brings up MongoDB and NATS: those named by the environment, else programs on PATH, else the embedded default.
 * @throws InfraError with a reason and what to do; nothing is left running then.
 */
export async function startInfra(options: InfraOptions): Promise<Infra> {
  const onProgress = options.onProgress ?? (() => undefined);
  const ownFolder = typeof options.dataDir === 'string';
  const folder = ownFolder
    ? await DataFolder.claim(options.dataDir as string, onProgress)
    : (options.dataDir as DataFolder);
  const launched: ServerProcess[] = [];
  const stop = async () => {
    await Promise.all(launched.map((server) => server.stop()));
    if (ownFolder) folder.release();
  };
  try {
    const parts = await Promise.allSettled([
      resolveMongo(options, folder, onProgress, launched),
      resolveNats(options, folder, onProgress, launched),
    ]);
    const [mongo, nats] = parts.map(unwrap) as [Resolved, Resolved];
    return {
      mongodbUri: mongo.address,
      natsUrl: nats.address,
      mongo: mongo.server,
      nats: nats.server,
      get pids() {
        return { mongo: mongo.server?.pid ?? null, nats: nats.server?.pid ?? null };
      },
      stop,
      restartMongo: () => restart(mongo, 'MongoDB'),
      restartNats: () => restart(nats, 'NATS'),
      endTransactions: async () => (mongo.server === null ? undefined : endTransactions(mongo.address)),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Resolved {
  address: string;
  server: ServerProcess | null;
}

function unwrap(part: PromiseSettledResult<Resolved>): Resolved {
  if (part.status === 'rejected') throw part.reason;
  return part.value;
}

async function restart(part: Resolved, name: string): Promise<void> {
  if (part.server === null) {
    throw new InfraError('SERVER_NOT_OWNED', `${name} was named by the environment; it is not ours to restart.`);
  }
  await part.server.restart();
}

async function resolveMongo(
  options: InfraOptions,
  folder: DataFolder,
  onProgress: OnProgress,
  launched: ServerProcess[],
): Promise<Resolved> {
  const uri = process.env['MONGODB_URI'];
  if (uri && !options.isPrivate) {
    await checkNamed('MONGODB_UNREACHABLE', 'MONGODB_URI', uri, checkMongo);
    return { address: uri, server: null };
  }
  const program: MongoProgram = findMongoProgram() ?? {
    kind: 'secantusd-rs',
    command: (await ensureEmbedded(onProgress)).database,
  };
  const build = (port: number) => mongoServer(program, port, folder.path);
  const server = await launch(build, options.mongo?.port, folder, onProgress, launched);
  return { address: mongoUri(server.spec.port), server };
}

async function resolveNats(
  options: InfraOptions,
  folder: DataFolder,
  onProgress: OnProgress,
  launched: ServerProcess[],
): Promise<Resolved> {
  const url = process.env['NATS_URL'];
  if (url && !options.isPrivate) {
    await checkNamed('NATS_UNREACHABLE', 'NATS_URL', url, checkNats);
    return { address: url, server: null };
  }
  const command = findOnPath('nats-server') ?? (await ensureEmbedded(onProgress)).broker;
  const build = (port: number) => natsServer(command, port, folder.path);
  const server = await launch(build, options.nats?.port, folder, onProgress, launched);
  return { address: natsUrl(server.spec.port), server };
}

async function launch(
  build: (port: number) => ServerSpec,
  fixedPort: number | undefined,
  folder: DataFolder,
  onProgress: OnProgress,
  launched: ServerProcess[],
): Promise<ServerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    const server = new ServerProcess(build(fixedPort ?? (await findFreePort())), folder, onProgress);
    try {
      await server.start();
      launched.push(server);
      onProgress(`${server.spec.name} on 127.0.0.1:${server.spec.port}`);
      return server;
    } catch (error) {
      if (fixedPort !== undefined || attempt >= PORT_TRIES_MAX || !isPortClash(error)) throw error;
    }
  }
}

/** Another program took the port between our look and the server's start. */
function isPortClash(error: unknown): boolean {
  if (!(error instanceof InfraError)) return false;
  return error.reason === 'PORT_TAKEN' || /address already in use/i.test(error.message);
}

async function checkNamed(
  reason: 'MONGODB_UNREACHABLE' | 'NATS_UNREACHABLE',
  variable: string,
  address: string,
  check: (address: string) => Promise<void>,
): Promise<void> {
  try {
    await check(address);
  } catch (cause) {
    const shown = address.replace(/\/\/[^/@]*@/g, '//***@');
    throw new InfraError(reason, `${variable} names ${shown}, which cannot be used: ${(cause as Error).message}`, {
      cause,
    });
  }
}
