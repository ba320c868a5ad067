import { randomBytes } from 'node:crypto';
import type { INestMicroservice, Type } from '@nestjs/common';
import { createClient, type Client, type GrpcService } from '@tidegate/grpc';
import { findFreePort } from '@tidegate/infra';
import { MessageBus } from '@tidegate/messaging';
import { event, Mongo, subjectOfType, type EventType } from '@tidegate/mongo';
import { runInContext, type Actor } from '@tidegate/observability';
import mongoose from 'mongoose';
import { headers } from 'nats';
import { hostService, ServiceEnv, type Clock, type ServiceKeys } from '@tidegate/service';

export interface TestServiceOptions {
  name?: string;
  grpc: GrpcService[];
  peers?: Record<string, string>;
  clock?: Clock;
  /** A second replica on the same database and broker. */
  shareWith?: TestService;
  dataDir?: string;
}

/** A service in this process, on the real database and broker, alone in its namespace. */
export interface TestService {
  app: INestMicroservice;
  mongo: Mongo;
  bus: MessageBus;
  url: string;
  namespace: string;
  /** A client whose calls carry the actor (default: head-office staff with every role). */
  client<S extends GrpcService>(service: S, actor?: Partial<Actor>): Client<S>;
  /** Publishes events as another service would, in one message; messageId repeats for duplicates. */
  publish<T>(type: EventType<T>, subject: string, data: T[], messageId?: string): Promise<void>;
  stop(): Promise<void>;
}

export const testKeys: ServiceKeys = {
  codeSigning: Buffer.alloc(32, 1).toString('base64'),
  fieldEncryption: Buffer.alloc(32, 2).toString('base64'),
  webhookSigning: Buffer.alloc(32, 3).toString('base64'),
  isDevelopment: true,
};

export const headOffice: Actor = {
  id: 'staff-head-office',
  kind: 'staff',
  roles: ['admin', 'maker', 'checker', 'agent', 'team_leader', 'pii_reader'],
  orgPath: 'hq',
};

const STOP_MS_MAX = 10_000;
/** A race of hundreds of calls is told its outcomes also on a loaded machine. */
const DEADLINE_MS = 60_000;
// A thousand ports for each worker of a run, below those that `findFreePort` gives to whoever does not say which.
const FIRST_PORT = 10_000 + (Number(process.env['JEST_WORKER_ID'] ?? 1) % 11) * 1_000;
const WORKER_PORTS = { first: FIRST_PORT, last: FIRST_PORT + 999 };

export async function startTestService(module: Type, options: TestServiceOptions): Promise<TestService> {
  const namespace = options.shareWith?.namespace ?? `t${randomBytes(5).toString('hex')}`;
  const url = `127.0.0.1:${await findFreePort(WORKER_PORTS)}`;
  const env = new ServiceEnv({
    name: options.name ?? module.name.replace(/Module$/, '').toLowerCase(),
    mongodbUri: required('MONGODB_URI'),
    natsUrl: required('NATS_URL'),
    grpcBind: url,
    dbPrefix: `${namespace}_`,
    busNamespace: namespace,
    dataDir: options.dataDir,
    peerUrls: options.peers,
    keys: testKeys,
  });
  const running = await hostService({ module, grpc: options.grpc, env, clock: options.clock });
  const clients: { close(): void }[] = [];
  const mongo = running.app.get(Mongo);
  const bus = running.app.get(MessageBus);
  let stopping: Promise<void> | undefined;
  return {
    app: running.app,
    mongo,
    bus,
    url,
    namespace,
    client: (service, actor) => {
      const client = createClient(service, url, { deadlineMs: DEADLINE_MS });
      clients.push(client);
      return asActor<typeof service>(client, { ...headOffice, ...actor });
    },
    publish: async (type, subject, data, messageId = randomBytes(8).toString('hex')) => {
      const events = data.map((item, index) => ({ ...event(type, subject, item), id: `${messageId}-${index}` }));
      // No broker-side deduplication: a duplicate must reach the consumer.
      const info = headers();
      info.set('tg-message-id', messageId);
      await bus.jetStream.publish(bus.subject(subjectOfType(type.$type)), JSON.stringify(events), { headers: info });
    },
    stop: () => {
      stopping ??= (async () => {
        for (const client of clients) client.close();
        if (!options.shareWith) await bus.dropNamespace().catch(() => undefined);
        const isStopped = await within(STOP_MS_MAX, running.stop());
        if (isStopped && !options.shareWith) await dropDatabase(env.mongodbUri, env.database);
      })();
      return stopping;
    },
  };
}

async function within(limitMs: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Only once nobody uses it: on the embedded server a drop beside an open transaction never ends, and whoever makes a
 * collection meanwhile, in any database, waits for it.
 */
async function dropDatabase(uri: string, name: string): Promise<void> {
  const client = new mongoose.mongo.MongoClient(uri, { serverSelectionTimeoutMS: 5_000, socketTimeoutMS: STOP_MS_MAX });
  try {
    for (const { name: collection } of await client.db(name).listCollections().toArray()) {
      await client.db(name).dropCollection(collection);
    }
  } catch {
    // The folder of the whole run is removed at its end.
  } finally {
    await client.close(true);
  }
}

/** Runs every call of a client in a context that names the actor. */
export function asActor<S extends GrpcService>(client: Client<S>, actor: Actor): Client<S> {
  const traceparent = `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`;
  return new Proxy(client, {
    get: (target, name, receiver) => {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) =>
        runInContext({ traceparent, actor }, () => (value as (...a: unknown[]) => unknown)(...args));
    },
  });
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run jest with the project's own configuration`);
  return value;
}
