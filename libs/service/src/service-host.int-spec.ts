import { randomBytes } from 'node:crypto';
import { credentials, Client, type ServiceError } from '@grpc/grpc-js';
import { Module } from '@nestjs/common';
import { findFreePort } from '@tidegate/infra';
import { MessageBus } from '@tidegate/messaging';
import { Mongo } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { service as healthService } from 'grpc-health-check';
import { PeriodicTasks } from './periodic-tasks';
import { ServiceEnv } from './service-env';
import { hostService, type RunningService } from './service-host';

// Goal: probes tell the truth about a service, and stopping it ends everything it started.

@Module({})
class EmptyModule {}

const namespace = `t${randomBytes(5).toString('hex')}`;
let running: RunningService;
let grpcPort: number;
let metricsPort: number;

const environment = (port: number, probes?: number): ServiceEnv =>
  new ServiceEnv({
    name: 'empty',
    mongodbUri: process.env.MONGODB_URI ?? '',
    natsUrl: process.env.NATS_URL ?? '',
    grpcBind: `127.0.0.1:${port}`,
    metricsPort: probes,
    dbPrefix: `${namespace}_`,
    busNamespace: namespace,
  });

const checkHealth = (name: string): Promise<{ status: string }> => {
  const client = new Client(`127.0.0.1:${grpcPort}`, credentials.createInsecure());
  const check = healthService.Check as NonNullable<typeof healthService.Check>;
  return new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      check.path,
      check.requestSerialize,
      check.responseDeserialize,
      { service: name },
      { deadline: Date.now() + 60_000 },
      (error: ServiceError | null, response?: unknown) => {
        client.close();
        if (error) reject(error);
        else resolve(response as { status: string });
      },
    );
  });
};

const get = (path: string, init?: RequestInit): Promise<Response> =>
  fetch(`http://127.0.0.1:${metricsPort}${path}`, init);

beforeAll(async () => {
  [grpcPort, metricsPort] = [await findFreePort(), await findFreePort()];
  running = await hostService({
    module: EmptyModule,
    grpc: [],
    env: environment(grpcPort, metricsPort),
  });
});
afterAll(() => running?.stop());

it('answers grpc.health.v1 for the server and refuses services it has not', async () => {
  await expect(checkHealth('')).resolves.toEqual({ status: 'SERVING' });
  await expect(checkHealth('tidegate.nowhere.v1.Nowhere')).rejects.toMatchObject({ code: 5 });
});

it('answers HTTP probes and metrics', async () => {
  expect((await get('/healthz')).status).toBe(200);
  expect((await get('/readyz')).status).toBe(200);
  expect(await (await get('/metrics')).text()).toContain('process_cpu_seconds_total');
  expect((await get('/nowhere')).status).toBe(404);
  expect((await get('/healthz', { method: 'POST' })).status).toBe(405);
});

it('leaves nothing open when a module cannot start', async () => {
  @Module({ providers: [{ provide: 'broken', useFactory: () => Promise.reject(new Error('cannot start')) }] })
  class BrokenModule {}
  const closes = jest.spyOn(Mongo.prototype, 'close');
  const busCloses = jest.spyOn(MessageBus.prototype, 'close');
  const start = hostService({ module: BrokenModule, grpc: [], env: environment(await findFreePort()) });
  await expect(start).rejects.toThrow('cannot start');
  expect([closes.mock.calls.length, busCloses.mock.calls.length]).toEqual([1, 1]);
  jest.restoreAllMocks();
});

it('stops: tasks run no more, ports are closed', async () => {
  let runs = 0;
  running.app.get(PeriodicTasks).every(5, 'count', async () => void (runs += 1));
  await eventually(() => expect(runs).toBeGreaterThan(0));
  await running.stop();
  const runsAtStop = runs;
  await expect(get('/healthz')).rejects.toThrow();
  await expect(checkHealth('')).rejects.toMatchObject({ code: 14 });
  expect(runs).toBe(runsAtStop);
});
