import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: who asks is told on which days of the past facts would have been moments of truth.

let harness: CustomersHarness;
const customerIds: string[] = [];

beforeAll(async () => {
  harness = await startCustomers();
  const { client } = harness;
  const mapping = [column('id', 'external_id'), column('age', 'attributes.age', { type: 'number' })];
  await importFile(client, importRequest(mapping), 'id,age\np-1,70\np-2,20\n');
  for (const externalId of ['p-1', 'p-2']) {
    const { customer } = await client.getCustomer({ customerId: '', externalId });
    customerIds.push(customer!.customerId);
  }
  const spend = (id: string, subject: string, time: string, amount: number, type = 'spend') => ({
    id,
    source: 'pos',
    type,
    subject,
    time: new Date(time),
    data: { amount },
  });
  const events = [
    spend('a', 'p-1', '2026-02-20T01:00:00Z', 900),
    spend('b', 'p-1', '2026-02-20T03:00:00Z', 800),
    // In Shanghai it is the 22nd already.
    spend('c', 'p-1', '2026-02-21T17:00:00Z', 700),
    spend('d', 'p-1', '2026-02-23T01:00:00Z', 10),
    spend('e', 'p-2', '2026-02-20T01:00:00Z', 900),
    spend('f', 'p-2', '2026-02-20T01:00:00Z', 900, 'other'),
    spend('g', 'p-1', '2026-01-01T01:00:00Z', 900),
  ];
  await client.ingestEvents({ events });
  await harness.filed(events.length);
});
afterAll(() => harness?.stop());

const service = () => harness.service.client(CustomersServiceService, { id: 'arbitration', kind: 'service' });
const window = { since: new Date('2026-02-15T00:00:00Z'), until: new Date('2026-03-01T00:00:00Z') };
const large = { field: 'event.amount', op: 'gte', value: 500 };

it('by the fact, the customer as he is, and the events before it', async () => {
  const old = { field: 'attributes.age', op: 'gte', value: 60 };
  const second = { events: { type: 'spend', windowDays: 7, count: { op: 'eq', value: 2 } } };
  const rules = [large, { all: [large, old] }, second].map((condition) => ({ factType: 'spend', condition }));
  const asked = { customerIds: [...customerIds, 'nobody'], rules: [...rules, { factType: 'other' }], ...window };
  const request = { ...asked, rules: asked.rules.map((rule) => ({ condition: undefined, ...rule })) };
  const { moments } = await service().listPastMoments(request);
  const [first, other] = customerIds;
  const told = new Map(moments.map(({ customerId, rule, days }) => [`${customerId}/${rule}`, days]));
  expect(Object.fromEntries(told)).toEqual({
    [`${first}/0`]: ['2026-02-20', '2026-02-22'],
    [`${first}/1`]: ['2026-02-20', '2026-02-22'],
    [`${first}/2`]: ['2026-02-20'],
    [`${other}/0`]: ['2026-02-20'],
    [`${other}/3`]: ['2026-02-20'],
  });
});

it('refuses others than services, broken conditions and windows without an end', async () => {
  const request = { customerIds, rules: [{ factType: 'spend', condition: large }], ...window };
  await expect(harness.client.listPastMoments(request)).rejects.toMatchObject({ reason: 'SERVICES_ONLY' });
  const broken = { ...request, rules: [{ factType: 'spend', condition: { no: 'rule' } }] };
  await expect(service().listPastMoments(broken)).rejects.toMatchObject({ reason: 'RULE_INVALID' });
  for (const until of [window.since, new Date('2026-05-01T00:00:00Z'), undefined]) {
    const wide = { ...request, until };
    await expect(service().listPastMoments(wide)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
});
