import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { ComplaintChanged, ConsentRecorded, CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually } from '@tidegate/testing';
import { customerIdOf } from '../../domain/customer-id';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: what was answered about a consent or a complaint already holds in arbitration; what could not be, is not claimed.

let harness: CustomersHarness;
let client: CustomersHarness['client'];
beforeAll(async () => {
  harness = await startCustomers();
  client = harness.client;
  const rows = Array.from({ length: 9 }, (_, i) => `c-${i}`);
  const consents = [{ purpose: 'marketing', channel: 'app' }];
  await importFile(client, importRequest([column('id', 'external_id')], { consents }), ['id', ...rows].join('\n'));
});
afterAll(() => harness.stop());
beforeEach(() => {
  harness.breakArbitration(false);
  harness.told.consents.length = 0;
  harness.told.holds.length = 0;
});

const consent = (externalId: string, isGranted: boolean, requestId: string) => ({
  requestId,
  customerId: customerIdOf(externalId),
  purpose: 'marketing',
  channel: 'app',
  isGranted,
  evidence: 'call 2026-03-02',
});
const profile = async (externalId: string) => (await client.getCustomer({ customerId: '', externalId })).customer!;
const history = async (externalId: string) => {
  const page = { customerId: customerIdOf(externalId), pageSize: 0, pageToken: '' };
  return (await client.listConsentRecords(page)).records.map(({ isGranted }) => isGranted);
};

it('writes a withdrawal and a grant through, once each, with the version they belong to', async () => {
  const heard: boolean[] = [];
  const stop = harness.service.bus.listen(ConsentRecorded, ({ data }) => {
    if (data.customerId === customerIdOf('c-1') && data.record) heard.push(data.record.isGranted);
  });
  const withdrawn = await client.recordConsent(consent('c-1', false, 'w-1'));
  expect(withdrawn.consent).toMatchObject({ purpose: 'marketing', channel: 'app', isGranted: false });
  expect(harness.told.consents).toEqual([
    { customerId: customerIdOf('c-1'), purpose: 'marketing', channel: 'app', isGranted: false, version: 2 },
  ]);
  expect(await client.recordConsent(consent('c-1', false, 'w-1'))).toEqual(withdrawn);
  expect(harness.told.consents).toHaveLength(1);

  await client.recordConsent(consent('c-1', true, 'g-1'));
  expect(harness.told.consents.at(-1)).toMatchObject({ isGranted: true, version: 3 });
  expect(await profile('c-1')).toMatchObject({ version: 3, consents: [{ isGranted: true }] });
  expect(await history('c-1')).toEqual([true, false, true]);
  await eventually(() => expect(heard).toEqual([false, true]));
  stop();
});

it('claims no withdrawal while arbitration is down, and takes the repeat', async () => {
  harness.breakArbitration(true);
  await expect(client.recordConsent(consent('c-2', false, 'w-2'))).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    reason: 'PEER_UNAVAILABLE',
  });
  expect(await profile('c-2')).toMatchObject({ version: 1, consents: [{ isGranted: true }] });
  expect(await history('c-2')).toEqual([true]);

  harness.breakArbitration(false);
  await client.recordConsent(consent('c-2', false, 'w-2'));
  expect(harness.told.consents).toMatchObject([{ isGranted: false, version: 2 }]);
  expect(await profile('c-2')).toMatchObject({ version: 2, consents: [{ isGranted: false }] });
});

it('tells arbitration of a grant again when the first call could not', async () => {
  await client.recordConsent(consent('c-3', false, 'w-3'));
  harness.breakArbitration(true);
  await expect(client.recordConsent(consent('c-3', true, 'g-3'))).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  harness.breakArbitration(false);
  harness.told.consents.length = 0;
  await client.recordConsent(consent('c-3', true, 'g-3'));
  expect(harness.told.consents).toMatchObject([{ isGranted: true, version: 3 }]);
  expect(await history('c-3')).toEqual([true, false, true]);
});

it('is never undone by a file, and never lost in a race', async () => {
  await client.recordConsent(consent('c-4', false, 'w-4'));
  const consents = [{ purpose: 'marketing', channel: 'app' }];
  const mapping = [column('id', 'external_id'), column('x', 'attributes.x')];
  await importFile(client, importRequest(mapping, { consents }), 'id,x\nc-4,new\n');
  expect(await profile('c-4')).toMatchObject({ attributes: { x: 'new' }, consents: [{ isGranted: false }] });

  const tag = (i: number) =>
    client.setTag({
      requestId: `race-${i}`,
      customerId: customerIdOf('c-5'),
      tag: `tag-${i}`,
      value: '',
      source: '',
      validUntil: undefined,
      isRemoved: false,
    });
  await Promise.all([tag(1), tag(2), client.recordConsent(consent('c-5', false, 'w-5')), tag(3), tag(4)]);
  const raced = await profile('c-5');
  expect(raced).toMatchObject({ version: 6, consents: [{ isGranted: false }] });
  expect(raced.tags.map(({ tag: name }) => name).sort()).toEqual(['tag-1', 'tag-2', 'tag-3', 'tag-4']);
  // The version arbitration heard last is the one the withdrawal was committed with.
  const versions = harness.told.consents.filter(({ customerId }) => customerId === customerIdOf('c-5'));
  expect(versions.at(-1)?.version).toBeGreaterThanOrEqual(2);
  expect(versions.at(-1)?.version).toBeLessThanOrEqual(6);
});

it('holds promotion while any complaint is open', async () => {
  const states: string[] = [];
  const holds: boolean[] = [];
  const stops = [
    harness.service.bus.listen(ComplaintChanged, ({ data }) => data.complaint && states.push(data.complaint.state)),
    harness.service.bus.listen(CustomerChanged, ({ data: { customer } }) => {
      if (customer?.externalId === 'c-6') holds.push(customer.hasComplaintHold);
    }),
  ];
  const open = (requestId: string) =>
    client.openComplaint({ requestId, customerId: customerIdOf('c-6'), subject: 'too many calls' });
  const close = (complaintId: string, requestId: string) =>
    client.closeComplaint({ requestId, complaintId, resolution: 'said sorry' });

  const first = (await open('o-1')).complaint!;
  expect((await open('o-1')).complaint).toEqual(first);
  const second = (await open('o-2')).complaint!;
  await close(first.complaintId, 'x-1');
  expect(await profile('c-6')).toMatchObject({ hasComplaintHold: true });
  await close(second.complaintId, 'x-2');
  expect(await profile('c-6')).toMatchObject({ hasComplaintHold: false, version: 5 });
  expect(harness.told.holds.map(({ hasComplaintHold, version }) => [hasComplaintHold, version])).toEqual([
    [true, 2],
    [true, 3],
    [false, 5],
  ]);
  await expect(close(second.complaintId, 'x-3')).rejects.toMatchObject({ reason: 'COMPLAINT_CLOSED' });
  await expect(close('none', 'x-4')).rejects.toMatchObject({ reason: 'COMPLAINT_NOT_FOUND' });
  await eventually(() => {
    expect(states).toEqual(['open', 'open', 'closed', 'closed']);
    expect(holds).toEqual([true, true, true, false]);
  });
  stops.forEach((stop) => stop());

  harness.breakArbitration(true);
  await expect(open('o-3')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(await profile('c-6')).toMatchObject({ hasComplaintHold: false });
});

it('is the customer’s own to record, and no other’s', async () => {
  const as = (id: string) => harness.service.client(CustomersServiceService, { kind: 'customer', id, roles: [] });
  const input = consent('c-7', false, 'own');
  await expect(as(customerIdOf('c-8')).recordConsent(input)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  expect((await as(customerIdOf('c-7')).recordConsent(input)).consent?.isGranted).toBe(false);
  await expect(client.recordConsent({ ...input, requestId: 'n', customerId: 'none' })).rejects.toMatchObject({
    reason: 'CUSTOMER_NOT_FOUND',
  });
  await expect(client.recordConsent({ ...input, requestId: 'n', channel: 'pigeon' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'channel' }],
  });
});

it('keeps the request ids of customers apart', async () => {
  const opening = (externalId: string) => ({
    requestId: 'one',
    customerId: customerIdOf(externalId),
    subject: 'noise',
  });
  for (const externalId of ['c-0', 'c-8']) {
    const { consent: told } = await client.recordConsent(consent(externalId, false, 'one'));
    expect(told).toMatchObject({ isGranted: false });
    const { complaint } = await client.openComplaint(opening(externalId));
    expect(complaint).toMatchObject({ customerId: customerIdOf(externalId), state: 'open' });
  }
  expect([await history('c-0'), await history('c-8')]).toEqual([
    [false, true],
    [false, true],
  ]);
});
