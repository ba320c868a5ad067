import { setTimeout as delay } from 'node:timers/promises';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { startEchoServer } from '../echo';
import { median } from '../load';
import { publishEvents } from '../publish-events';
import { byRatio, byValue, type BenchRow } from '../row';
import { runBundled } from '../run-bundled';
import { onServices, type BenchStack } from '../stack';
import { brief, CUSTOMERS, customerIdOf } from './decide-brief';
import type { DecideGrpcFigures } from './decide-grpc-run';
import { toCustomer, toSnapshot } from './decide-messages';
import { customer, policy, snapshots } from './decide-world';

const P99_MS_MAX = 20;
// The pauses of who asks are not the service's: it collects seldom, and not on the core where the service answers. A collection that is forced
// would throw away its optimised code, which is then compiled again while it waits for answers.
const NODE_OPTIONS = ['--max-semi-space-size=16', '--heap-growing-percent=400', '--single-threaded-gc'];

/** The best of 200 actions × 4 channels through gRPC, previewed from memory as the app asks for it, beside a bare echo driven the same way. */
export const decideGrpc = (_: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> =>
  onServices(['arbitration'], tell, (stack) => measure(stack, tell));

async function measure(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const { services } = await stack.endpoints();
  const echo = await startEchoServer();
  await prepare(stack);
  const env = { ARBITRATION_URL: services.find(({ name }) => name === 'arbitration')?.grpcUrl, ECHO_URL: echo.url };
  const stdout = await runBundled('decide-grpc-run', { nodeOptions: NODE_OPTIONS, env });
  echo.stop();
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as DecideGrpcFigures;
  const { ours, echoes, halves, halfEchoes } = figures;
  tell(`decide-grpc: ${listed(ours)}/s, echo ${listed(echoes)}/s in turn`);
  tell(`decide-grpc: p99 at half of it ${listed(halves, 1)} ms, echo ${listed(halfEchoes, 1)} ms`);
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

const listed = (values: readonly number[], digits = 0): string => values.map((each) => each.toFixed(digits)).join(', ');

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
      customer: toCustomer({ ...customer(index), customerId: customerIdOf(index) }),
    })),
  );
  await publishEvents(
    bus,
    StrategyChanged,
    snapshots().map((snapshot) => ({ snapshot: toSnapshot(snapshot) })),
  );
  for (let tries = 0; tries < 200; tries += 1) {
    const { decisions } = await arbitration
      .decide({ ...brief(customerIdOf(CUSTOMERS - 1)), isBrief: false })
      .catch(() => ({ decisions: [] }));
    if ((decisions[0]?.candidates.length ?? 0) >= 800) return;
    await delay(100);
  }
  throw new Error('decide-grpc: arbitration did not take up the strategies');
}
