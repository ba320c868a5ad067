import { setTimeout as delay } from 'node:timers/promises';
import { ArbitrationServiceService, StartPushRequest, type Push } from '@tidegate/contracts/arbitration/v1/arbitration';
import { StrategyChanged } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { mongo } from 'mongoose';
import type { Client } from '../../../libs/grpc/src/index';
import { publishEvents } from '../publish-events';
import { peakResidentBytes } from '../resident-memory';
import { byRatio, type BenchRow } from '../row';
import { onServices, type BenchStack } from '../stack';
import { toCustomer, toSnapshot } from './decide-messages';
import { policy } from './decide-world';
import { member, pushSnapshot, queueUnits, terms } from './push-world';

/** `PUSH_SERVICE_MEMBERS=1000000` (comma-separated) for others. */
const SIZES = (process.env['PUSH_SERVICE_MEMBERS'] ?? '3000,10000').split(',').map(Number);
/** Of the speed of storing the records alone. */
const SPEED_MIN = 0.1;
/** The largest size may take so much more memory. */
const MEMORY_GROWTH_MAX = 1.5;
const CUSTOMERS_PER_PUBLISH = 10_000;
const MEMBERS_PER_CHUNK = 5_000;
const RECORDS_PER_INSERT = 1_000;
const DECISIONS_PER_PAGE = 500;
const LOOK_EVERY_MS = 200;
const STEPS_MAX = 60_000;
const MIB = 1024 * 1024;

type Tell = (line: string) => void;
type Arbitration = Client<typeof ArbitrationServiceService>;

interface Measured {
  members: number;
  perSecond: number;
  floorPerSecond: number;
  peakMib: number;
}

/**
 * A push of a long list × 200 actions as a bank has it: customers come as events, the push is started over gRPC and worked by the service on the
 * database, a record for every member. Each size has a service and a database of its own. The floor inserts as many of its records, bare.
 */
export async function pushService(_: BenchStack, tell: Tell): Promise<BenchRow[]> {
  const measured: Measured[] = [];
  for (const members of SIZES) {
    measured.push(await onServices(['arbitration'], tell, (stack) => measure(stack, members, tell)));
  }
  const [small, large] = [measured[0], measured.at(-1)];
  if (small === undefined || large === undefined) throw new Error('push-service: nothing was measured');
  const rows = measured.map(({ members, perSecond, floorPerSecond }) => {
    const name = `push-service: ${members.toLocaleString('en')} × 200 through the service; floor: their records, bare`;
    return byRatio(name, 'members per second', perSecond, floorPerSecond, '>=', SPEED_MIN);
  });
  const name = `push-service: peak memory of ${large.members.toLocaleString('en')} against the smallest`;
  return [...rows, byRatio(name, 'MiB', large.peakMib, small.peakMib, '<=', MEMORY_GROWTH_MAX)];
}

async function measure(stack: BenchStack, members: number, tell: Tell): Promise<Measured> {
  const arbitration = await stack.client('arbitration', ArbitrationServiceService);
  const database = await stack.bareDatabase('tidegate_arbitration');
  await prepare(stack, arbitration, members);
  const loadSeconds = await loadCustomers(stack, database, members);
  const { services } = await stack.endpoints();
  const pid = services.find(({ name }) => name === 'arbitration')?.pid ?? null;
  const stages = new Map<string, number>();
  let ended: Push | undefined;
  const startedAt = performance.now();
  const peak = await peakResidentBytes(pid, async () => {
    ended = await push(arbitration, members, (stage, ms) => stages.set(stage, (stages.get(stage) ?? 0) + ms));
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const stored = await database.collection('decisions').countDocuments();
  if (ended?.decidedCount !== members || stored !== members) {
    throw new Error(`push-service: ${stored} records of ${members} members, ${JSON.stringify(ended)}`);
  }
  const readSeconds = await requireReasons(arbitration, ended.pushId, members);
  const floorSeconds = await insertRecords(database, members);
  const parts = [...stages].map(([stage, ms]) => `${stage} ${(ms / 1000).toFixed(1)}`).join(', ');
  tell(
    `push-service: ${members.toLocaleString('en')} × 200 in ${seconds.toFixed(1)} s (${parts}), ${(peak / MIB).toFixed(0)} MiB at most, ` +
      `${ended.chosenCount} chosen; all reasons read in ${readSeconds.toFixed(1)} s, customers taken in in ${loadSeconds.toFixed(1)} s, bare records in ${floorSeconds.toFixed(1)} s`,
  );
  return { members, perSecond: members / seconds, floorPerSecond: members / floorSeconds, peakMib: peak / MIB };
}

/** Policies, seats and the strategy. */
async function prepare(stack: BenchStack, arbitration: Arbitration, members: number): Promise<void> {
  const { policy: current } = await arbitration.getContactPolicy({});
  const inForce = { ...policy(), quietHours: [], version: current?.version ?? 0 };
  await arbitration.putContactPolicy({ requestId: 'policy', policy: inForce });
  for (const { queue, units } of queueUnits(members)) {
    await arbitration.putCapacity({ requestId: queue, queue, slot: 'default', units });
  }
  await publishEvents(await stack.bus(), StrategyChanged, [{ snapshot: toSnapshot(pushSnapshot()) }]);
}

/** Tells of customers and waits until the service knows them all; seconds. */
async function loadCustomers(stack: BenchStack, database: mongo.Db, members: number): Promise<number> {
  const bus = await stack.bus();
  const startedAt = performance.now();
  for (let from = 0; from < members; from += CUSTOMERS_PER_PUBLISH) {
    const count = Math.min(CUSTOMERS_PER_PUBLISH, members - from);
    const customers = Array.from({ length: count }, (_, index) => ({ customer: toCustomer(member(from + index)) }));
    await publishEvents(bus, CustomerChanged, customers);
  }
  const states = database.collection('customer_states');
  for (let step = 0; step < STEPS_MAX; step += 1) {
    if ((await states.countDocuments()) >= members) return (performance.now() - startedAt) / 1000;
    await delay(1_000);
  }
  throw new Error('push-service: the customers did not arrive');
}

/** Starts a push and follows it to its end, telling how long it was seen at each stage. */
async function push(
  arbitration: Arbitration,
  members: number,
  saw: (stage: string, ms: number) => void,
): Promise<Push> {
  const { limits, costs } = terms(members);
  const request = StartPushRequest.fromPartial({
    requestId: 'push',
    strategyId: 'strategy-0',
    listId: 'l',
    limits,
    costs,
  });
  const { push: started } = await arbitration.startPush(request);
  const pushId = started?.pushId ?? '';
  let lookedAt = performance.now();
  const look = (stage: string): void => {
    const now = performance.now();
    saw(stage, now - lookedAt);
    lookedAt = now;
  };
  for (let from = 0, sequence = 0; from < members; from += MEMBERS_PER_CHUNK, sequence += 1) {
    const count = Math.min(MEMBERS_PER_CHUNK, members - from);
    const customerIds = Array.from({ length: count }, (_, index) => member(from + index).customerId);
    await arbitration.appendPushMembers({ pushId, sequence, customerIds, isLast: from + count === members });
  }
  look('sending');
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { push: now } = await arbitration.getPush({ pushId });
    look(now?.stage || 'ending');
    if (now !== undefined && !['receiving', 'running'].includes(now.state)) return now;
    await delay(LOOK_EVERY_MS);
  }
  throw new Error('push-service: the push did not end');
}

/** Pages through what the push decided: everybody once, each with a reason; seconds. */
async function requireReasons(arbitration: Arbitration, pushId: string, members: number): Promise<number> {
  const startedAt = performance.now();
  let known = 0;
  for (let pageToken = ''; ;) {
    const page = await arbitration.listPushDecisions({ pushId, pageSize: DECISIONS_PER_PAGE, pageToken });
    known += page.decisions.filter(({ reason }) => reason !== '').length;
    pageToken = page.nextPageToken;
    if (pageToken === '') break;
  }
  if (known !== members) throw new Error(`push-service: ${known} reasons of ${members} members`);
  return (performance.now() - startedAt) / 1000;
}

/** As many records as members, copies of what the push wrote, into a collection of their own with nothing but their ids; seconds. */
async function insertRecords(database: mongo.Db, members: number): Promise<number> {
  const samples = await database.collection('decisions').find().limit(RECORDS_PER_INSERT).toArray();
  const bare = database.collection<{ _id: string }>('push_floor');
  const startedAt = performance.now();
  for (let from = 0; from < members; from += RECORDS_PER_INSERT) {
    const count = Math.min(RECORDS_PER_INSERT, members - from);
    const records = samples.slice(0, count).map((sample, index) => ({ ...sample, _id: `floor-${from + index}` }));
    await bare.insertMany(records);
  }
  return (performance.now() - startedAt) / 1000;
}
