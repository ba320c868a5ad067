import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { eventually } from '@tidegate/testing';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: who looks for moments of truth is answered by the facts filed with the customer, the fact at hand among them.

let harness: CustomersHarness;

beforeAll(async () => {
  harness = await startCustomers();
});
afterAll(() => harness?.stop());

it('counts the fact at hand for moments of truth, however soon it is asked', async () => {
  const service = harness.service.client(CustomersServiceService, { id: 'campaigns', kind: 'service' });
  const { client } = harness;
  await importFile(client, importRequest([column('id', 'external_id')]), 'id\ns-1\n');
  const { customer } = await client.getCustomer({ customerId: '', externalId: 's-1' });
  const customerId = customer!.customerId;
  const visits = (value: number) => ({ events: { type: 'visit', windowDays: 1, count: { op: 'gte', value } } });
  const rules = [visits(1), visits(2), visits(3)];
  for (const [at, id] of ['first', 'second'].entries()) {
    const event = { id, source: 'branch', type: 'visit', subject: 's-1', time: undefined, data: {} };
    await client.ingestEvents({ events: [event] });
    // Told that it is not filed yet, the caller asks again.
    const { answers } = await eventually(() =>
      service.checkCounts({ rules, questions: [{ customerId, factId: `branch/${id}` }] }),
    );
    expect(answers).toEqual([{ holds: [true, at === 1, false] }]);
  }
  const questions = [{ customerId, factId: 'branch/never' }];
  await expect(service.checkCounts({ rules, questions })).rejects.toMatchObject({ reason: 'FACT_NOT_FILED' });
  const known = [{ customerId, factId: '' }];
  await expect(client.checkCounts({ rules, questions: known })).rejects.toMatchObject({ reason: 'SERVICES_ONLY' });
  await expect(service.checkCounts({ rules: [{ all: [] }], questions: known })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
});

it('counts what was known when the fact at hand was filed, though more is by the time it is asked', async () => {
  const service = harness.service.client(CustomersServiceService, { id: 'campaigns', kind: 'service' });
  const { client } = harness;
  await importFile(client, importRequest([column('id', 'external_id')]), 'id\ns-2\n');
  const { customer } = await client.getCustomer({ customerId: '', externalId: 's-2' });
  const customerId = customer!.customerId;
  const happened = harness.clock.now().getTime();
  const event = (id: string, agoMs: number) => {
    return { id, source: 'atm', type: 'cash', subject: 's-2', time: new Date(happened - agoMs), data: {} };
  };
  // One call, and one more: filed together or apart, each fact has its place.
  await client.ingestEvents({ events: [event('later', 10), event('earlier', 20)] });
  harness.clock.advance(1_000);
  await client.ingestEvents({ events: [event('told-late', 3_000)] });
  const at = (value: number) => ({ events: { type: 'cash', windowDays: 1, count: { op: 'eq', value } } });
  const ids = ['earlier', 'later', 'told-late'];
  await eventually(async () => {
    const questions = ids.map((id) => ({ customerId, factId: `atm/${id}` }));
    const { answers } = await service.checkCounts({ rules: [at(1), at(2), at(3)], questions });
    expect(answers.map(({ holds }) => holds.indexOf(true) + 1)).toEqual([1, 2, 3]);
  });
  const { answers } = await service.checkCounts({ rules: [at(3)], questions: [{ customerId, factId: '' }] });
  expect(answers).toEqual([{ holds: [true] }]);
  const filed = harness.service.mongo.connection.collection('facts');
  expect(await filed.countDocuments({ customerId, filedAt: { $type: 'date' } })).toBe(3);
});
