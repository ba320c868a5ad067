import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CustomersServiceService, Segment, type IncomingEvent } from '@tidegate/contracts/customers/v1/customers';
import { addFacts, countersOf, NO_FACTS, seriesTest } from '@tidegate/rules';
import { eventually, type TestService } from '@tidegate/testing';
import { column, importFile, importRequest, startCustomers, type CustomersHarness } from '../testing/customers.harness';
import { openDuckDb } from './duckdb';

// Goal: the columnar copy and the predicate over one customer give the same members, at once after every change, on each
// replica, and after a restart.

const DAY_MS = 86_400_000;
const CUSTOMERS = 160;
const folder = mkdtempSync(join(tmpdir(), 'tidegate-segments-'));
let harness: CustomersHarness;
let second: TestService;
let client: CustomersHarness['client'];

const STAGES = ['mature', 'honeymoon', 'at_risk'];
const row = (i: number): string =>
  [
    `s-${i}`,
    `hq/${i % 2 ? 'east' : 'west'}`,
    STAGES[i % 3],
    i % 5 ? 20 + (i % 50) : '',
    i % 4 ? 'yes' : 'no',
    `job-${i % 6}`,
    `19${60 + (i % 40)}-0${1 + (i % 9)}-1${i % 10}`,
  ].join(',');
const HEADER = 'id,org,stage,age,housing,job,born';
const MAPPING = [
  column('id', 'external_id'),
  column('org', 'org_path'),
  column('stage', 'stage'),
  column('age', 'attributes.age', { type: 'number' }),
  column('housing', 'attributes.housing', { type: 'boolean' }),
  column('job', 'attributes.job'),
  column('born', 'birth_date'),
];
const AUTHORED = Segment.fromPartial({ segmentId: 'authored', rule: { all: [] }, orgPath: 'hq' });
const CASH = [{ field: 'operation', op: 'eq', value: 'cash' }];
const RULES: Record<string, object> = {
  everybody: { all: [] },
  nobody: { any: [] },
  young: { field: 'attributes.age', op: 'lt', value: 40 },
  'not-young': { not: { segment: 'young' } },
  mixed: {
    all: [
      { any: [{ field: 'stage', op: 'in', value: ['honeymoon', 'at_risk'] }, { tag: 'vip' }] },
      { field: 'attributes.job', op: 'notIn', value: ['job-1', 'job-2'] },
      { field: 'attributes.housing', op: 'ne', value: false },
    ],
  },
  spenders: {
    any: [
      { events: { type: 'transaction', windowDays: 30, sum: { of: 'amountMinor', op: 'gte', value: 1_000 } } },
      { events: { type: 'login', windowDays: 7, count: { op: 'gte', value: 2 } } },
    ],
  },
  'cash-in-east': {
    all: [
      { field: 'orgPath', op: 'startsWith', value: 'hq/east' },
      { events: { type: 'transaction', where: CASH, windowDays: 365, count: { op: 'gte', value: 1 } } },
    ],
  },
  ages: {
    any: [
      { field: 'ageYears', op: 'between', value: [35, 50] },
      { field: 'birthMonth', op: 'eq', value: 3 },
    ],
  },
  rich: { field: 'balanceMinor', op: 'gt', value: 10_000 },
};

type Client = CustomersHarness['client'];
async function members(from: Client, segmentId: string, pageSize = 100, orgPath = ''): Promise<string[]> {
  const found: string[] = [];
  let pageToken = '';
  do {
    const page = await from.listSegmentMembers({ segmentId, pageSize, pageToken, orgPath });
    found.push(...page.members.map(({ externalId }) => externalId));
    pageToken = page.nextPageToken;
  } while (pageToken !== '');
  return found;
}
const put = (segmentId: string, rule: object, requestId = `put-${segmentId}`) =>
  client.putSegment({
    requestId,
    isNew: false,
    segment: { segmentId, name: segmentId, rule, orgPath: 'hq', version: 0, updatedAt: undefined, authors: [] },
  });

beforeAll(async () => {
  harness = await startCustomers();
  client = harness.client;
  second = await harness.replica(folder);
  const rows = Array.from({ length: CUSTOMERS }, (_, i) => row(i));
  await importFile(client, importRequest(MAPPING), [HEADER, ...rows].join('\n'));
  const now = harness.clock.now().getTime();
  const events = Array.from({ length: 600 }, (_, i): IncomingEvent => ({
    id: `e-${i}`,
    source: 'core',
    type: i % 4 ? 'transaction' : 'login',
    subject: `s-${(i * 7) % CUSTOMERS}`,
    time: new Date(now - ((i * 13) % 60) * DAY_MS),
    data: i % 4 ? { amountMinor: (i % 40) * 50, operation: i % 3 ? 'cash' : 'card', balanceMinor: i * 20 } : undefined,
  }));
  expect(await client.ingestEvents({ events })).toMatchObject({ acceptedCount: 600 });
  await harness.filed(600);
  for (const [segmentId, rule] of Object.entries(RULES)) await put(segmentId, rule);
  const { customer } = await client.getCustomer({ customerId: '', externalId: 's-9' });
  const tag = { customerId: customer!.customerId, tag: 'vip', value: '', source: '', validUntil: undefined };
  await client.setTag({ requestId: 'tag', ...tag, isRemoved: false });
});
afterAll(async () => {
  await second?.stop();
  await harness?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('agrees with the predicate, customer by customer, on every rule', async () => {
  // Of 600 facts every fourth is a login. Once the profiles know them, nothing changes between two questions.
  const customers = await eventually(async () => {
    const { customers: all } = await client.listCustomers({ pageSize: 500, pageToken: '' });
    const counted = all.reduce((sum, { attributes }) => sum + Number(attributes?.transactionCount ?? 0), 0);
    expect([all.length, counted]).toEqual([CUSTOMERS, 450]);
    return all;
  });
  for (const segmentId of Object.keys(RULES)) {
    const inBulk = new Set(await members(client, segmentId));
    const oneByOne = await Promise.all(
      customers.map(async ({ customerId, externalId }) => {
        const { isMember } = await client.evaluateSegment({ segmentId, customerId });
        return isMember ? externalId : '';
      }),
    );
    expect([segmentId, [...inBulk].sort()]).toEqual([segmentId, oneByOne.filter((id) => id !== '').sort()]);
    const preview = await client.previewSegment({ rule: RULES[segmentId], sampleSize: 3, orgPath: '' });
    expect(preview.count).toBe(inBulk.size);
    expect(preview.sampleCustomerIds).toHaveLength(Math.min(3, inBulk.size));
  }
  const sizes = await Promise.all(
    ['young', 'mixed', 'spenders', 'cash-in-east', 'ages', 'rich'].map((id) => members(client, id)),
  );
  for (const { length } of sizes) expect(length > 0 && length < CUSTOMERS).toBe(true);
});

it('sees a change as soon as it was answered, also one of another replica', async () => {
  const other = second.client(CustomersServiceService);
  const { customer } = await client.getCustomer({ customerId: '', externalId: 's-11' });
  const tag = { customerId: customer!.customerId, tag: 'fresh', value: '', source: '', validUntil: undefined };
  const count = async (from: CustomersHarness['client']) =>
    (await from.previewSegment({ rule: { tag: 'fresh' }, sampleSize: 0, orgPath: '' })).count;
  for (let round = 0; round < 3; round += 1) {
    await client.setTag({ requestId: `on-${round}`, ...tag, isRemoved: false });
    expect([await count(other), await count(client)]).toEqual([1, 1]);
    await other.setTag({ requestId: `off-${round}`, ...tag, isRemoved: true });
    expect([await count(client), await count(other)]).toEqual([0, 0]);
  }
});

it('goes on from its file after a restart, and counts each event once', async () => {
  const rule = { events: { type: 'transaction', windowDays: 365, count: { op: 'gte', value: 3 } } };
  const { count } = await client.previewSegment({ rule, sampleSize: 0, orgPath: '' });
  const before = await second.client(CustomersServiceService).previewSegment({ rule, sampleSize: 0, orgPath: '' });
  expect([before.count, count > 0]).toEqual([count, true]);
  await second.stop();
  // A row that only the file has: a copy built anew would lack it.
  const file = await openDuckDb(join(folder, 'customers.duckdb'));
  const connection = await file.connect();
  await connection.run("INSERT INTO customers (customer_id, org_path) VALUES ('only-in-the-file', 'hq')");
  connection.closeSync();
  file.close();

  const again = { id: 'e-1', source: 'core', type: 'transaction', subject: 's-7', time: undefined, data: {} };
  const another = { ...again, id: 'after', subject: 's-1' };
  await client.ingestEvents({ events: [again, another] });
  await harness.filed(601);
  second = await harness.replica(folder);
  const from = second.client(CustomersServiceService);
  expect((await from.previewSegment({ rule: { all: [] }, sampleSize: 0, orgPath: '' })).count).toBe(CUSTOMERS + 1);
  const { count: now } = await client.previewSegment({ rule, sampleSize: 0, orgPath: '' });
  expect((await from.previewSegment({ rule, sampleSize: 0, orgPath: '' })).count).toBe(now);
});

it('gives services what an events condition keeps, with the same members as the segment', async () => {
  const service = harness.service.client(CustomersServiceService, { id: 'arbitration', kind: 'service' });
  for (const rule of [
    { events: { type: 'login', windowDays: 30, count: { op: 'gte', value: 2 } } },
    { events: { type: 'transaction', windowDays: 45, sum: { of: 'amountMinor', op: 'gte', value: 2_000 } } },
  ] as const) {
    const { customers, isEnd } = await service.listCountedFacts({ rule, afterCustomerId: '' });
    expect([isEnd, customers.length > 20]).toEqual([true, true]);
    const [counter] = countersOf(rule);
    const test = seriesTest(rule.events);
    const nowMs = harness.clock.now().getTime();
    const accepted = customers.filter(({ facts }) => {
      const kept = Array.from({ length: facts.length / 3 }, (_, i) => facts.slice(i * 3, i * 3 + 3));
      const series = kept.map(([atMs = 0, hash = 0, value = 0]) => ({ atMs, hash, value }));
      return test.accepts(addFacts(NO_FACTS, series, counter!, nowMs), nowMs);
    });
    const { sampleCustomerIds, count } = await client.previewSegment({ rule, sampleSize: 10, orgPath: '' });
    expect(accepted).toHaveLength(count);
    // As moments of truth ask: by the facts filed with each customer.
    const questions = customers.map(({ customerId }) => ({ customerId, factId: '' }));
    await eventually(async () => {
      const { answers } = await service.checkCounts({ rules: [rule], questions });
      const holding = customers.filter((_, at) => answers[at]?.holds[0] === true);
      expect(holding.map(({ customerId }) => customerId)).toEqual(accepted.map(({ customerId }) => customerId));
    });
    expect(accepted.map(({ customerId }) => customerId)).toEqual(expect.arrayContaining(sampleCustomerIds));
    const half = customers[Math.floor(customers.length / 2)]!.customerId;
    const rest = await service.listCountedFacts({ rule, afterCustomerId: half });
    expect(rest.customers).toEqual(customers.filter(({ customerId }) => customerId > half));
  }
  const rule = { all: [] };
  await expect(service.listCountedFacts({ rule, afterCustomerId: '' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  await expect(client.listCountedFacts({ rule, afterCustomerId: '' })).rejects.toMatchObject({
    reason: 'SERVICES_ONLY',
  });
});

it('keeps to the organisation of the one who asks', async () => {
  const east = harness.service.client(CustomersServiceService, { orgPath: 'hq/east' });
  expect((await east.previewSegment({ rule: { all: [] }, sampleSize: 0, orgPath: '' })).count).toBe(CUSTOMERS / 2);
  await expect(members(east, 'young')).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  expect((await east.listSegments({ pageSize: 0, pageToken: '' })).segments).toEqual([]);
  // A service may see all, and says for whom it asks.
  const service = harness.service.client(CustomersServiceService, { kind: 'service', id: 'campaigns', orgPath: '' });
  const ofBank = await members(service, 'young', 7);
  const ofEast = await members(service, 'young', 7, 'hq/east');
  expect(ofEast).toEqual(ofBank.filter((externalId) => Number(externalId.slice(2)) % 2 === 1));
  expect(ofEast.length > 7 && ofEast.length < ofBank.length).toBe(true);
  const counted = await service.previewSegment({ rule: RULES.young, sampleSize: 0, orgPath: 'hq/east' });
  expect(counted.count).toBe(ofEast.length);
  await expect(east.previewSegment({ rule: { all: [] }, sampleSize: 0, orgPath: 'hq/west' })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  const all = await client.listSegments({ pageSize: 4, pageToken: '' });
  const next = await client.listSegments({ pageSize: 4, pageToken: all.nextPageToken });
  expect([...all.segments, ...next.segments].map(({ segmentId }) => segmentId)).toEqual(
    Object.keys(RULES).sort().slice(0, 8),
  );
});

it('refuses a rule that is none, unknown references and cycles, also when two writers close one together', async () => {
  await expect(put('bad', { field: 'shoeSize', op: 'eq', value: 1 })).rejects.toMatchObject({
    reason: 'RULE_INVALID',
    violations: [{ field: 'segment.rule.field' }],
  });
  await expect(put('bad', { segment: 'nobody-knows' }, 'bad-2')).rejects.toMatchObject({
    reason: 'RULE_SEGMENT_UNKNOWN',
  });
  await expect(put('bad', { segment: 'bad' }, 'bad-3')).rejects.toMatchObject({ reason: 'RULE_SEGMENT_CYCLE' });
  await expect(put('bad', { field: 'event.amountMinor', op: 'gt', value: 1 }, 'bad-4')).rejects.toMatchObject({
    reason: 'RULE_EVENT_FIELD_IN_SQL',
  });
  await expect(client.previewSegment({ rule: undefined, sampleSize: 0, orgPath: '' })).rejects.toMatchObject({
    reason: 'RULE_INVALID',
  });
  await expect(client.evaluateSegment({ segmentId: 'none', customerId: 'x' })).rejects.toMatchObject({
    reason: 'SEGMENT_NOT_FOUND',
  });
  await put('ring-a', { all: [] });
  await put('ring-b', { all: [] });
  const outcomes = await Promise.allSettled([
    put('ring-a', { segment: 'ring-b' }, 'ring-1'),
    put('ring-b', { segment: 'ring-a' }, 'ring-2'),
  ]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(outcomes.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { reason: 'RULE_SEGMENT_CYCLE' },
  });
});

it('replaces a segment, keeps its rule as it was written, and answers a repeat', async () => {
  const rule = { all: [{ field: 'attributes.age', op: 'gte', value: 60 }] };
  const first = await put('replaced', { all: [] }, 'r-1');
  const replaced = await put('replaced', rule, 'r-2');
  expect([first.segment?.version, replaced.segment?.version]).toEqual([1, 2]);
  expect(await put('replaced', rule, 'r-2')).toEqual(replaced);
  expect((await client.getSegment({ segmentId: 'replaced' })).segment).toMatchObject({ rule, version: 2 });
});

it('says who wrote a segment, each with the newest version of theirs', async () => {
  const by = (id: string, requestId: string) => {
    const segment = { ...AUTHORED, name: requestId };
    return harness.service.client(CustomersServiceService, { id }).putSegment({ requestId, segment, isNew: false });
  };
  await by('ann', 'w-1');
  await by('bo', 'w-2');
  const last = await by('ann', 'w-3');
  expect(last.segment?.authors.map(({ actorId, version }) => `${actorId} ${version}`)).toEqual(['bo 2', 'ann 3']);
  expect(await by('ann', 'w-3')).toEqual(last);
  expect((await client.getSegment({ segmentId: 'authored' })).segment).toEqual(last.segment);
});
