import { Server, ServerCredentials, type ServerUnaryCall, type ServiceDefinition } from '@grpc/grpc-js';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { ServiceEnv } from '@tidegate/service';
import { Peers } from './peers';

// Goal: decisions, the busiest calls there are, go to arbitration over two connections; to the others one is enough.

const CALLS = 6;
const NAMES = ['arbitration', 'benefits', 'campaigns', 'customers', 'delivery', 'leads', 'merchants', 'review'];

const server = new Server();
const callers = new Map<string, string[]>();
let peers: Peers;

/** Answers with nothing, and notes over which connection it was asked. */
const noted =
  (name: string) =>
  (call: ServerUnaryCall<unknown, unknown>, answer: (error: null, response: object) => void): void => {
    callers.set(name, [...(callers.get(name) ?? []), call.getPeer()]);
    answer(null, {});
  };

beforeAll(async () => {
  const { getContactPolicy } = ArbitrationServiceService;
  const { getStrategy } = CampaignsServiceService;
  server.addService({ getContactPolicy } as unknown as ServiceDefinition, { getContactPolicy: noted('arbitration') });
  server.addService({ getStrategy } as unknown as ServiceDefinition, { getStrategy: noted('campaigns') });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  const url = `127.0.0.1:${port}`;
  const peerUrls = Object.fromEntries(NAMES.map((name) => [name, url]));
  peers = new Peers(new ServiceEnv({ name: 'gateway', mongodbUri: '', natsUrl: '', grpcBind: '', peerUrls }));
});
afterAll(() => {
  peers?.onModuleDestroy();
  server.forceShutdown();
});

/** How many calls came by each connection. */
const callsByConnection = (name: string): number[] => {
  const all = callers.get(name) ?? [];
  return [...new Set(all)].map((one) => all.filter((caller) => caller === one).length);
};

it('asks arbitration over two connections, taken in turn, and another service over one', async () => {
  await Promise.all(Array.from({ length: CALLS }, () => peers.arbitration.getContactPolicy({})));
  await Promise.all(Array.from({ length: CALLS }, () => peers.campaigns.getStrategy({ strategyId: 's', version: 0 })));
  expect(callsByConnection('arbitration')).toEqual([CALLS / 2, CALLS / 2]);
  expect(callsByConnection('campaigns')).toEqual([CALLS]);
});
