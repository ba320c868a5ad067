import { setTimeout as delay } from 'node:timers/promises';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Action, Strategy } from '@tidegate/contracts/campaigns/v1/campaigns';
import { StrategyChanged, StrategySnapshot } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { Customer } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { load, median, percentile } from '../load';
import { NaiveDatabase } from '../naive';
import { publishEvents } from '../publish-events';
import { byRatio, type BenchRow } from '../row';
import type { BenchStack } from '../stack';

const CUSTOMERS = 1_000;
const ACTIONS = 50;
const IN_FLIGHT = 16;
const CALLS = 2_000;
const ROUNDS = 3;

/** One pull decision over 50 candidate actions, beside a bare read and a bare three-document transaction. */
export async function decidePull(stack: BenchStack, tell: (line: string) => void): Promise<BenchRow[]> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const naive = await NaiveDatabase.connect((await stack.endpoints()).mongodbUri);
  await prepare(stack);
  const decide = async (requestId: string, index: number): Promise<void> => {
    const { decisions } = await arbitration.decide({
      requestId,
      customerId: customerId(index % CUSTOMERS),
      channels: ['app'],
      maxActions: 1,
      isCommitted: true,
      context: undefined,
    });
    const [decision] = decisions;
    if (decision?.reason !== 'CHOSEN' || decision.candidates.length < ACTIONS) {
      throw new Error(`decide-pull: ${decision?.reason} with ${decision?.candidates.length} candidates`);
    }
  };
  const [ours, bare]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    const result = await load(CALLS, IN_FLIGHT, (index) => decide(`pull-${round}-${index}`, index));
    const failure = Object.keys(result.failedByReason)[0];
    if (failure) throw new Error(failure);
    ours.push(percentile(result.latenciesMs, 0.99));
    const floor = await load(CALLS, IN_FLIGHT, (index) =>
      naive.readAndThreeDocuments(`pull-${round}-${index}`, `pull-${round}-${index - 1}`),
    );
    bare.push(percentile(floor.latenciesMs, 0.99));
    tell(
      `decide-pull round ${round + 1}: ${result.perSecond.toFixed(0)}/s, p99 ${ours.at(-1)?.toFixed(1)} ms (bare ${bare.at(-1)?.toFixed(1)} ms)`,
    );
  }
  await naive.close();
  return [
    byRatio(
      'decide-pull: p99 against one read and one three-document transaction',
      'ms',
      median(ours),
      median(bare),
      '<=',
      4,
    ),
  ];
}

const customerId = (index: number): string => `bench-customer-${index}`;

async function prepare(stack: BenchStack): Promise<void> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const { policy } = await arbitration.getContactPolicy({});
  // No limit, so that each call goes the whole way to a reservation.
  const open = { ...policy!, limits: [], quietHours: [], suppressions: [], globalHoldoutBasisPoints: 0 };
  await arbitration.putContactPolicy({ requestId: 'bench-policy', policy: open });
  await publishEvents(
    await stack.bus(),
    CustomerChanged,
    Array.from({ length: CUSTOMERS }, (_, index) => ({ customer: customer(index) })),
  );
  await publishEvents(await stack.bus(), StrategyChanged, [{ snapshot: snapshot() }]);
  for (let tries = 0; tries < 200; tries += 1) {
    const { decisions } = await arbitration
      .decide({
        requestId: `ready-${tries}`,
        customerId: customerId(CUSTOMERS - 1),
        channels: ['app'],
        maxActions: 1,
        isCommitted: false,
        context: undefined,
      })
      .catch(() => ({ decisions: [] }));
    if (decisions[0]?.reason === 'CHOSEN') return;
    await delay(100);
  }
  throw new Error('decide-pull: arbitration did not take up the strategy');
}

const customer = (index: number): Customer =>
  Customer.fromPartial({
    customerId: customerId(index),
    externalId: `bench-${index}`,
    orgPath: 'hq/east',
    stage: 'mature',
    attributes: { balance: index * 10, job: index % 2 ? 'management' : 'services', age: 20 + (index % 60) },
    consents: [{ purpose: 'marketing', channel: '*', isGranted: true, changedAt: new Date() }],
    version: 1,
  });

function snapshot(): StrategySnapshot {
  const actions = Array.from({ length: ACTIONS }, (_, index) =>
    Action.fromPartial({
      actionId: `bench-action-${index}`,
      name: `Action ${index}`,
      issue: 'growth',
      group: `group-${index % 5}`,
      treatments: [
        { channel: 'app', title: 'Hello {{customer.externalId}}', body: 'A text of usual length.', contextWeight: 1 },
      ],
      valueMinor: 1_000 + index,
      currency: 'CNY',
      leverPercent: 100,
      eligibility: {
        all: [
          { field: 'stage', op: 'eq', value: 'mature' },
          { field: 'attributes.balance', op: 'gte', value: 0 },
        ],
      },
      purpose: 'marketing',
      orgPath: 'hq',
      version: 1,
    }),
  );
  return StrategySnapshot.fromPartial({
    strategy: Strategy.fromPartial({
      strategyId: 'bench-strategy',
      version: 1,
      name: 'Bench',
      orgPath: 'hq',
      state: 'published',
      actionIds: actions.map(({ actionId }) => actionId),
      startsAt: new Date(Date.now() - 86_400_000),
      endsAt: new Date(Date.now() + 86_400_000),
    }),
    actions,
    revision: 1,
  });
}
