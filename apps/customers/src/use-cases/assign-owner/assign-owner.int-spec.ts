import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { customerIdOf } from '../../domain/customer-id';
import {
  column,
  importFile,
  importRequest,
  startCustomers,
  type CustomersHarness,
} from '../../testing/customers.harness';

// Goal: who looks after a customer comes with the file or is said later, is told to everybody, and is changed by those whose customer it is.

const MAPPING = [column('id', 'external_id'), column('rm', 'owner_id'), column('team', 'team_id')];
const ROWS = ['id,rm,team', 'o-1,rm-1,north', 'o-2,,south', 'o-3,two words,', 'o-4,,no@team', 'o-5,,'];

let harness: CustomersHarness;
const told: unknown[] = [];
beforeAll(async () => {
  harness = await startCustomers();
  harness.service.bus.listen(CustomerChanged, ({ data }) => {
    if (data.customer?.externalId === 'o-1') told.push(data.customer.attributes);
  });
  await importFile(harness.client, importRequest(MAPPING), ROWS.join('\n'));
});
afterAll(() => harness?.stop());

const attributesOf = async (externalId: string): Promise<unknown> =>
  (await harness.client.getCustomer({ customerId: '', externalId })).customer?.attributes;
const assign = (requestId: string, ownerId: string, teamId: string, by = harness.client) =>
  by.assignOwner({ requestId, customerId: customerIdOf('o-1'), ownerId, teamId });
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'none',
    (error: DomainError) => error.reason,
  );

it('comes with the file, line by line', async () => {
  expect(await attributesOf('o-1')).toEqual({ ownerId: 'rm-1', teamId: 'north' });
  expect(await attributesOf('o-2')).toEqual({ teamId: 'south' });
  expect(await attributesOf('o-5')).toEqual({});
  for (const refused of ['o-3', 'o-4']) expect(await reasonOf(attributesOf(refused))).toBe('CUSTOMER_NOT_FOUND');
});

it('is assigned once by each request, whole, and told', async () => {
  const { customer } = await assign('to-2', 'rm-2', '');
  expect(customer).toMatchObject({ attributes: { ownerId: 'rm-2' }, version: 2 });
  expect(customer?.attributes).not.toHaveProperty('teamId');
  await assign('to-3', 'rm-3', 'south');
  expect((await assign('to-2', 'rm-2', '')).customer?.version).toBe(2);
  expect(await attributesOf('o-1')).toEqual({ ownerId: 'rm-3', teamId: 'south' });
  await assign('to-none', '', '');
  expect(await attributesOf('o-1')).toEqual({});
  const states = [{ ownerId: 'rm-2' }, { ownerId: 'rm-3', teamId: 'south' }, {}];
  await eventually(async () => expect(told).toEqual(expect.arrayContaining(states)));
});

it('is refused what names nobody, another content of a request, and others than staff of the organisation', async () => {
  for (const [ownerId, teamId] of [
    ['two words', ''],
    ['', 'a|b'],
    ['x'.repeat(129), ''],
  ] as const) {
    expect(await reasonOf(assign('bad', ownerId, teamId))).toBe('VALIDATION_FAILED');
  }
  expect(await reasonOf(assign('to-2', 'rm-9', ''))).toBe('REQUEST_ID_REUSED');
  const west = harness.service.client(CustomersServiceService, { orgPath: 'hq/west' });
  expect(await reasonOf(assign('west', 'rm-9', '', west))).toBe('ORG_OUT_OF_SCOPE');
  const unknown = { requestId: 'x', customerId: 'nobody', ownerId: 'rm-1', teamId: '' };
  expect(await reasonOf(harness.client.assignOwner(unknown))).toBe('CUSTOMER_NOT_FOUND');
});
