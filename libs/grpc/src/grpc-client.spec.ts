import { AsyncResource } from 'node:async_hooks';
import { Server, ServerCredentials, type ServerUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { createClient, type ClientOptions } from './grpc-client';

// Goal: a client has the connections it asks for, and its calls take them in turn.

const server = new Server();
let port = 0;
let peers: string[] = [];
beforeAll(async () => {
  const { getInstance } = BenefitsServiceService;
  const handlers = {
    getInstance: (call: ServerUnaryCall<unknown, unknown>, answer: (error: null, response: object) => void): void => {
      peers.push(call.getPeer());
      answer(null, { instance: undefined });
    },
  };
  server.addService({ getInstance } as unknown as ServiceDefinition, handlers);
  port = await new Promise((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
});
afterAll(() => server.forceShutdown());

/** How many of six calls came by each connection. */
async function callsByConnection(options?: ClientOptions): Promise<number[]> {
  peers = [];
  const client = createClient(BenefitsServiceService, `127.0.0.1:${port}`, options);
  try {
    await Promise.all(Array.from({ length: 6 }, () => client.getInstance({ instanceId: 'i' })));
  } finally {
    client.close();
  }
  return [...new Set(peers)].map((peer) => peers.filter((one) => one === peer).length);
}

it('has one connection, or as many as asked for with a fair part of the calls on each', async () => {
  expect(await callsByConnection()).toEqual([6]);
  expect(await callsByConnection({ connections: 3 })).toEqual([2, 2, 2]);
});

it('lets go of what its calls bind', async () => {
  await callsByConnection();
  expect(new AsyncResource('Test').bind(() => undefined)).not.toHaveProperty('asyncResource');
});
