import 'reflect-metadata';
import type { Server } from 'node:http';
import { Module, type INestMicroservice, type Type } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import type { CustomStrategy } from '@nestjs/microservices';
import { fullServiceName, GrpcInlets, type GrpcService } from '@tidegate/grpc';
import { MessageBus, OutboxRelay, Subscriptions } from '@tidegate/messaging';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { HealthImplementation } from 'grpc-health-check';
import { Clock } from './clock';
import { startHealthServer } from './health-server';
import { NestLogger } from './nest-logger';
import { PeriodicTasks } from './periodic-tasks';
import { PlatformModule } from './platform.module';
import { loadReflection } from './reflection';
import { ServiceEnv } from './service-env';

export interface ServiceOptions {
  module: Type;
  grpc: GrpcService[];
  env: ServiceEnv;
  clock?: Clock;
}

/** A running service; `stop` ends its inlets first, then its connections. */
export interface RunningService {
  app: INestMicroservice;
  stop(): Promise<void>;
}

/** Starts a service: indexes, gRPC with health and, where it is wanted, reflection, then its event inlets and the outbox relay. Leaves nothing open when it fails. */
export async function hostService(options: ServiceOptions): Promise<RunningService> {
  const { env } = options;
  const mongo = await Mongo.connect(env.mongodbUri, env.database);
  try {
    const bus = await MessageBus.connect(env.natsUrl, { name: env.name, namespace: env.busNamespace });
    try {
      return await startOn(mongo, bus, options);
    } catch (error) {
      await bus.close();
      throw error;
    }
  } catch (error) {
    await mongo.close();
    throw error;
  }
}

async function startOn(mongo: Mongo, bus: MessageBus, options: ServiceOptions): Promise<RunningService> {
  const { grpc, env } = options;
  const health = new HealthImplementation({ '': 'NOT_SERVING' });
  const names = grpc.map(fullServiceName);
  const reflection = env.protoDir === undefined ? undefined : await loadReflection(env.protoDir, names);
  const app = await createApp({ mongo, bus, added: [health, ...(reflection ? [reflection] : [])] }, options);
  await mongo.ready();
  const relay = new OutboxRelay(mongo, bus);
  relay.start();
  await app.listen();
  await app.get(Subscriptions).start();
  const probes =
    env.metricsPort === undefined ? undefined : await startHealthServer(env.metricsPort, readiness(mongo, bus));
  for (const service of ['', ...names]) health.setStatus(service, 'SERVING');
  return { app, stop: () => stop(app, relay, probes) };
}

/** Something that brings gRPC services of its own. */
interface AddedServices {
  addToServer(server: Parameters<HealthImplementation['addToServer']>[0]): void;
}

async function createApp(
  { mongo, bus, added }: { mongo: Mongo; bus: MessageBus; added: AddedServices[] },
  { module, grpc, env, clock = new Clock() }: ServiceOptions,
): Promise<INestMicroservice> {
  @Module({ imports: [PlatformModule.register({ env, clock, mongo, bus }), module] })
  class RootModule {}

  const inlets = new GrpcInlets({
    bind: env.grpcBind,
    services: grpc,
    controllers: () => controllersOf(app),
    extend: (server) => {
      const own = server as unknown as Parameters<AddedServices['addToServer']>[0];
      for (const services of added) services.addToServer(own);
    },
  });
  const app: INestMicroservice = await NestFactory.createMicroservice<CustomStrategy>(RootModule, {
    strategy: inlets,
    logger: new NestLogger(),
    abortOnError: false,
  } as CustomStrategy & { logger: NestLogger });
  return app;
}

const controllersOf = (app: INestMicroservice): object[] =>
  [...app.get(ModulesContainer).values()].flatMap(({ controllers }) =>
    [...controllers.values()].map(({ instance }) => instance as object),
  );

const readiness = (mongo: Mongo, bus: MessageBus) => ({
  isReady: async () => {
    await mongo.connection.db?.command({ ping: 1 });
    await bus.ping();
  },
});

async function stop(app: INestMicroservice, relay: OutboxRelay, probes: Server | undefined): Promise<void> {
  const [mongo, bus] = [app.get(Mongo), app.get(MessageBus)];
  await app.get(Subscriptions).stop();
  await app.get(PeriodicTasks).stop();
  await app.close();
  await relay.stop();
  await bus.close();
  await mongo.close();
  probes?.close();
}

/** The main function of a service's process. */
export async function startService(options: { name: string; module: Type; grpc: GrpcService[] }): Promise<void> {
  const log = logger(options.name);
  try {
    const running = await hostService({ ...options, env: ServiceEnv.fromProcess(options.name) });
    stopOnSignal(log, () => running.stop());
    log.info('ready');
  } catch (err) {
    log.fatal({ err }, 'could not start');
    process.exit(1);
  }
}

/** Ends the process in order on SIGTERM and SIGINT. */
export function stopOnSignal(log: ReturnType<typeof logger>, stopAll: () => Promise<void>): void {
  let isStopping = false;
  const end = (signal: string): void => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    const bound = setTimeout(() => process.exit(1), 9_000);
    bound.unref();
    stopAll().then(
      () => process.exit(0),
      (err: unknown) => {
        log.error({ err }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => end('SIGTERM'));
  process.on('SIGINT', () => end('SIGINT'));
}
