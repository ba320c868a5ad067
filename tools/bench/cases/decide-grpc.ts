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
const CALLS = 6_000;
const ROUNDS = 3;
const HALF_LOAD_CALLS = 4_000;
const P99_MS_MAX = 20;

/** The best of 200 actions × 4 channels through gRPC, previewed from memory as the app asks for it (brief: what cannot win is left out), beside a bare echo driven the same way. */
export const decideGrpc = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['arbitration'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const echo = await startEcho();
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
  const half = await pacedLoad(HALF_LOAD_CALLS, median(ours) / 2, decide);
  const halfEcho = await pacedLoad(HALF_LOAD_CALLS, median(ours) / 2, echoed);
  echo.stop();
  const [p99, p99Echo] = [percentile(half.latenciesMs, 0.99), percentile(halfEcho.latenciesMs, 0.99)];
  return [
    byRatio('decide-grpc: against bare grpc-js echo', 'per second', median(ours), median(echoes), '>=', 0.6),
    byValue('decide-grpc: p99 at half load; floor: the echo at the same rate', 'ms', p99, p99Echo, '<=', P99_MS_MAX),
  ];
}

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
