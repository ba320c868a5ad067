import { setTimeout as delay } from 'node:timers/promises';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { startEcho } from '../echo';
import { load, median, pacedLoad, percentile } from '../load';
import { publishEvents } from '../publish-events';
import { byRatio, byValue, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';
import { toCustomer, toSnapshot } from './decide-messages';
import { CHANNELS, customer, policy, snapshots } from './decide-world';

// Few enough that each is asked about again while it is held.
const CUSTOMERS = 100;
const IN_FLIGHT = 64;
/** As the gateway has to arbitration. */
const CONNECTIONS = 2;
const CALLS = 6_000;
const ROUNDS = 5;
const WARM_UP_CALLS = 2_000;
const HALF_LOAD_CALLS = 4_000;
const HALF_LOAD_ROUNDS = 3;
const P99_MS_MAX = 20;

/** The best of 200 actions × 4 channels through gRPC, previewed from memory as the app asks for it (brief: what cannot win is left out), beside a bare echo driven the same way. */
export const decideGrpc = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['arbitration'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService, { connections: CONNECTIONS });
  const echo = await startEcho(CONNECTIONS);
  await prepare(stack);
  const decide = async (index: number): Promise<void> => {
    const { decisions } = await arbitration.decide(request(index));
    if (decisions.length !== 1) throw new Error(`decide-grpc: ${decisions.length} decisions`);
  };
  const echoed = async (index: number): Promise<void> => {
    const { instance } = await echo.client.claimBenefit({
      requestId: `echo-${index}`,
      stockId: 'stock',
      customerId: customerId(index),
      decisionId: '',
    });
    if (instance === undefined) throw new Error('decide-grpc: no echo');
  };
  await load(CALLS, IN_FLIGHT, decide);
  await load(CALLS, IN_FLIGHT, echoed);
  const [ours, echoes]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const decided = await load(CALLS, IN_FLIGHT, decide);
    const failure = Object.keys(decided.failedByReason)[0];
    if (failure) throw new Error(`decide-grpc: ${failure}`);
    ours.push(decided.perSecond);
    echoes.push((await load(CALLS, IN_FLIGHT, echoed)).perSecond);
    tell(`decide-grpc round ${round + 1}: ${ours.at(-1)?.toFixed(0)}/s (echo ${echoes.at(-1)?.toFixed(0)}/s)`);
  }
  const perSecond = median(ours) / 2;
  const [halves, halfEchoes]: [number[], number[]] = [[], []];
  for (let round = 0; round < HALF_LOAD_ROUNDS; round += 1) {
    halves.push(await p99AtRate(perSecond, decide));
    halfEchoes.push(await p99AtRate(perSecond, echoed));
  }
  tell(`decide-grpc p99 at ${perSecond.toFixed(0)}/s: ${inMs(halves)}; echo ${inMs(halfEchoes)}`);
  echo.stop();
  return [
    byRatio('decide-grpc: against bare grpc-js echo', 'per second', median(ours), median(echoes), '>=', 0.6),
    byValue(
      'decide-grpc: p99 at half load; floor: the echo at the same rate',
      'ms',
      median(halves),
      median(halfEchoes),
      '<=',
      P99_MS_MAX,
    ),
  ];
}

/** Latency of calls at a rate, after some that are not counted: while the other side was asked, the customers' facts grew old. */
async function p99AtRate(perSecond: number, call: (index: number) => Promise<void>): Promise<number> {
  await pacedLoad(WARM_UP_CALLS, perSecond, call);
  return percentile((await pacedLoad(HALF_LOAD_CALLS, perSecond, call)).latenciesMs, 0.99);
}

const inMs = (values: number[]): string => `${values.map((value) => value.toFixed(1)).join(', ')} ms`;

const customerId = (index: number): string => `grpc-customer-${index % CUSTOMERS}`;

const request = (index: number) => ({
  requestId: '',
  customerId: customerId(index),
  channels: [...CHANNELS],
  maxActions: 1,
  isCommitted: false,
  isBrief: true,
  context: undefined,
});

export async function prepare(stack: BenchStack): Promise<void> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const { policy: current } = await arbitration.getContactPolicy({});
  const inForce = { ...policy(), quietHours: [], version: current?.version ?? 0 };
  await arbitration.putContactPolicy({ requestId: `grpc-policy-${inForce.version}`, policy: inForce });
  await arbitration.putCapacity({ requestId: 'grpc-seats', queue: 'seats', slot: 'default', units: 1_000_000 });
  const bus = await stack.bus();
  await publishEvents(
    bus,
    CustomerChanged,
    Array.from({ length: CUSTOMERS }, (_, index) => ({
      customer: toCustomer({ ...customer(index), customerId: customerId(index) }),
    })),
  );
  await publishEvents(
    bus,
    StrategyChanged,
    snapshots().map((snapshot) => ({ snapshot: toSnapshot(snapshot) })),
  );
  for (let tries = 0; tries < 200; tries += 1) {
    const { decisions } = await arbitration
      .decide({ ...request(CUSTOMERS - 1), isBrief: false })
      .catch(() => ({ decisions: [] }));
    if ((decisions[0]?.candidates.length ?? 0) >= 800) return;
    await delay(100);
  }
  throw new Error('decide-grpc: arbitration did not take up the strategies');
}
