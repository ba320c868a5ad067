import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
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
    const { answers } = await service.checkCounts({ rules, questions: [{ customerId, factId: `branch/${id}` }] });
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
