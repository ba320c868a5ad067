import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { PeriodicTasks } from '@tidegate/service';
import { eventually, type TestService } from '@tidegate/testing';
import { customerIdOf } from '../domain/customer-id';
import { ImportRepository } from '../repositories/import.repository';
import {
  column,
  importEnd,
  importFile,
  importRequest,
  sendFile,
  startCustomers,
  type CustomersHarness,
} from '../testing/customers.harness';

// Goal: a file of customers comes in once, whatever is repeated, broken or killed on the way, and every bad line is named.

const MAPPING = [
  column('id', 'external_id'),
  column('name', 'name'),
  column('phone', 'phone'),
  column('age', 'attributes.age', { type: 'number' }),
  column('job', 'attributes.job'),
];
const HEADER = 'id,name,phone,age,job';
const lines = (prefix: string, count: number): string[] =>
  Array.from(
    { length: count },
    (_, i) => `${prefix}-${i},张${i},138${String(10_000_000 + i)},${20 + (i % 60)},job-${i % 7}`,
  );
const fileOf = (rows: string[]): string => [HEADER, ...rows].join('\n');

let harness: CustomersHarness;
let client: CustomersHarness['client'];
const documents = (prefix: string) =>
  harness.service.mongo.connection.collection('customers').find({ externalId: new RegExp(`^${prefix}-`) });

beforeAll(async () => {
  harness = await startCustomers();
  client = harness.client;
});
afterAll(() => harness.stop());

it('imports each customer once, names the bad lines, and changes nothing on a repeat', async () => {
  const rows = lines('once', 1_200);
  const bad = ['once-x,,,old,a', ',nobody,,1,a', 'once-y,"broken"quote,,1,a', 'once-z,too,few', 'once-p,a,call me,1,a'];
  const mixed = [...rows.slice(0, 600), ...bad, ...rows.slice(600)];
  const request = (): ReturnType<typeof importRequest> =>
    importRequest(MAPPING, { consents: [{ purpose: 'marketing', channel: 'app' }], tags: ['file'] });
  const heard = new Map<string, number>();
  const stop = harness.service.bus.listen(CustomerChanged, ({ data }) => {
    if (data.customer?.externalId.startsWith('once-')) heard.set(data.customer.customerId, data.customer.version);
  });

  const first = await importFile(client, request(), fileOf(mixed));
  expect(first).toMatchObject({ state: 'completed', lineCount: 1_205, createdCount: 1_200, refusedCount: 5 });
  const refused = await client.listImportErrors({ importId: first.importId, pageSize: 3, pageToken: '' });
  const rest = await client.listImportErrors({
    importId: first.importId,
    pageSize: 3,
    pageToken: refused.nextPageToken,
  });
  expect([...refused.errors, ...rest.errors].map(({ line, reason }) => [line, reason])).toEqual([
    [602, 'CELL_NOT_NUMBER'],
    [603, 'CELL_REQUIRED'],
    [604, 'LINE_MALFORMED'],
    [605, 'COLUMN_COUNT_WRONG'],
    [606, 'PHONE_INVALID'],
  ]);
  await eventually(() => expect(heard.size).toBe(1_200));

  const again = await importFile(client, request(), fileOf(mixed));
  expect(again).toMatchObject({ state: 'completed', createdCount: 0, updatedCount: 0, unchangedCount: 1_200 });

  rows[3] = 'once-3,张3,13810000003,99,retired';
  const changed = await importFile(client, request(), fileOf([...rows, rows[3], 'once-new,,,1,a']));
  expect(changed).toMatchObject({ createdCount: 1, updatedCount: 1, unchangedCount: 1_200 });
  expect(await documents('once').toArray()).toHaveLength(1_201);
  const { customer } = await client.getCustomer({ customerId: '', externalId: 'once-3' });
  expect(customer).toMatchObject({
    version: 2,
    stage: 'mature',
    orgPath: 'hq/east',
    attributes: { age: 99, job: 'retired' },
    tags: [{ tag: 'file', source: 'import' }],
    consents: [{ purpose: 'marketing', channel: 'app', isGranted: true }],
  });
  const { records } = await client.listConsentRecords({ customerId: customer!.customerId, pageSize: 0, pageToken: '' });
  expect(records).toMatchObject([{ isGranted: true, evidence: `import ${first.importId}: customers.csv` }]);
  stop();
});

it('answers a repeated request id and a repeated chunk, and refuses a gap', async () => {
  const request = importRequest(MAPPING);
  const { importId, finish } = await sendFile(client, request, fileOf(lines('chunk', 40)), 500);
  expect((await client.startImport(request)).import?.importId).toBe(importId);
  await expect(client.startImport({ ...request, fileName: 'other.csv' })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
  const repeated = {
    importId,
    sequence: 0,
    content: Buffer.from(fileOf(lines('chunk', 40))).subarray(0, 500),
    isLast: false,
  };
  expect((await client.appendImportChunk(repeated)).import?.state).toBe('receiving');
  const others = [
    { ...repeated, content: Buffer.from(fileOf(lines('other', 40))).subarray(0, 500) },
    { ...repeated, isLast: true },
  ];
  for (const other of others) {
    await expect(client.appendImportChunk(other)).rejects.toMatchObject({ reason: 'IMPORT_CONTENT_DIFFERS' });
  }
  await expect(client.appendImportChunk({ ...repeated, sequence: 99 })).rejects.toMatchObject({
    reason: 'IMPORT_CHUNK_OUT_OF_ORDER',
  });
  await expect(
    client.appendImportChunk({ ...repeated, sequence: 99, content: Buffer.alloc(1024 * 1024 + 1) }),
  ).rejects.toMatchObject({ reason: 'VALIDATION_FAILED', violations: [{ field: 'content' }] });
  await finish();
  await finish();
  expect(await importEnd(client, importId)).toMatchObject({ state: 'completed', createdCount: 40 });
  expect((await client.appendImportChunk(repeated)).import?.state).toBe('completed');
  await expect(client.appendImportChunk(others[0]!)).rejects.toMatchObject({ reason: 'IMPORT_CONTENT_DIFFERS' });
  await expect(client.cancelImport({ importId })).rejects.toMatchObject({ reason: 'IMPORT_FINISHED' });
});

it('fails a file without a mapped column, and refuses a mapping and an import that are none', async () => {
  const failed = await importFile(client, importRequest(MAPPING), 'id,name,age,job\n1,a,2,b\n');
  expect(failed).toMatchObject({ state: 'failed', failureReason: 'MAPPING_COLUMN_MISSING: phone' });
  expect(await importFile(client, importRequest(MAPPING), '')).toMatchObject({ failureReason: 'FILE_EMPTY' });
  await expect(client.startImport(importRequest([column('a', 'name')]))).rejects.toMatchObject({
    reason: 'MAPPING_INVALID',
  });
  await expect(client.getImport({ importId: 'none' })).rejects.toMatchObject({ reason: 'IMPORT_NOT_FOUND' });
});

describe('with the worker of the first replica stopped', () => {
  let second: TestService;
  beforeAll(async () => {
    await harness.service.app.get(PeriodicTasks).stop();
    second = await harness.replica();
  });
  afterAll(() => second.stop());

  it('goes on behind the last batch when another replica takes over, and never twice', async () => {
    const { importId, finish } = await sendFile(client, importRequest(MAPPING), fileOf(lines('resume', 6_000)));
    await finish();
    await eventually(async () => {
      expect((await client.getImport({ importId })).import!.lineCount).toBeGreaterThan(0);
    });
    await second.stop();
    const { import: halfway } = await client.getImport({ importId });
    expect(halfway).toMatchObject({ state: 'running' });
    expect(halfway!.lineCount).toBeLessThan(6_000);
    second = await harness.replica();
    expect(await importEnd(client, importId)).toMatchObject({
      state: 'completed',
      lineCount: 6_000,
      createdCount: 6_000,
      unchangedCount: 0,
    });
    expect(
      await harness.service.mongo.connection.collection('customers').countDocuments({ 'attributes.job': 'job-1' }),
    ).toBeGreaterThanOrEqual(Math.floor(6_000 / 7));
  });

  it('takes over what a dead worker left, when its lease is over', async () => {
    const { importId, finish } = await sendFile(client, importRequest(MAPPING), fileOf(lines('dead', 1_000)));
    await importFile(client, importRequest(MAPPING), fileOf(lines('dead', 500)));
    const imports = harness.service.mongo.connection.collection('imports');
    await imports.updateOne(
      { _id: importId as never },
      { $set: { lineCount: 500, createdCount: 500, leaseOwner: 'dead', leaseUntil: new Date(Date.now() + 1_000) } },
    );
    await finish();
    // What the dead one had committed is passed over, not looked at again.
    expect(await importEnd(client, importId)).toMatchObject({
      createdCount: 1_000,
      unchangedCount: 0,
      lineCount: 1_000,
    });
    expect(await documents('dead').toArray()).toHaveLength(1_000);
  });

  it('leaves the file to whoever took the import over, whatever the former worker finds', async () => {
    const { importId, finish } = await sendFile(client, importRequest(MAPPING), fileOf(lines('taken', 20)));
    const { content } = second.app.get(ImportRepository);
    const reading = jest.spyOn(content, 'find').mockImplementationOnce(async () => {
      const leaseUntil = new Date(Date.now() + 1_000);
      await harness.service.mongo.connection
        .collection('imports')
        .updateOne({ _id: importId as never }, { $set: { leaseOwner: 'another', leaseUntil } });
      return Buffer.from('no,such,columns\n1,2,3\n');
    });
    try {
      await finish();
      expect(await importEnd(client, importId)).toMatchObject({ state: 'completed', createdCount: 20 });
    } finally {
      reading.mockRestore();
    }
  });

  it('stops behind a batch when it is cancelled', async () => {
    const { importId, finish } = await sendFile(client, importRequest(MAPPING), fileOf(lines('cancel', 6_000)));
    await finish();
    await eventually(async () => {
      expect((await client.getImport({ importId })).import!.lineCount).toBeGreaterThan(0);
    });
    const { import: cancelled } = await client.cancelImport({ importId });
    expect(cancelled).toMatchObject({ state: 'cancelled' });
    expect(await client.cancelImport({ importId })).toMatchObject({ import: { state: 'cancelled' } });
    await importFile(client, importRequest(MAPPING), fileOf(lines('after-cancel', 1)));
    const stored = await documents('cancel').toArray();
    expect(stored).toHaveLength((await client.getImport({ importId })).import!.createdCount);
    expect(stored.length).toBeLessThan(6_000);
    const chunks = harness.service.mongo.connection.collection('import_chunks');
    expect(await chunks.countDocuments({ importId, content: { $exists: true } })).toBe(0);
  });
});

it('keeps names and phones sealed, shows them to readers only, and within the organisation', async () => {
  const customerId = customerIdOf('once-3');
  const held = await harness.service.mongo.connection.collection('customers').findOne({ _id: customerId as never });
  const outbox = await harness.service.mongo.connection.collection('outbox').find().limit(20).toArray();
  for (const text of [JSON.stringify(held), JSON.stringify(outbox)]) {
    expect(text).toContain('once-');
    expect(text).not.toMatch(/张|1381000/);
  }
  const as = (roles: string[], orgPath: string) => harness.service.client(CustomersServiceService, { roles, orgPath });
  const byId = { customerId, externalId: '' };
  expect((await as(['pii_reader'], 'hq').getCustomer(byId)).customer).toMatchObject({
    name: '张3',
    phone: '13810000003',
  });
  expect((await as(['agent'], 'hq/east').getCustomer(byId)).customer).toMatchObject({
    name: '张**',
    phone: '138****0003',
  });
  await expect(as(['agent'], 'hq/west').getCustomer(byId)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  expect((await as(['agent'], 'hq/west').listCustomers({ pageSize: 5, pageToken: '' })).customers).toEqual([]);
  await expect(as(['admin'], 'hq/west').startImport(importRequest(MAPPING))).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  const customer = harness.service.client(CustomersServiceService, { kind: 'customer', id: 'other', roles: [] });
  await expect(customer.getCustomer(byId)).rejects.toMatchObject({ reason: 'CUSTOMER_NOT_FOUND' });
  await expect(customer.listCustomers({ pageSize: 5, pageToken: '' })).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
});

it('pages customers by organisation and id, each once', async () => {
  const seen: string[] = [];
  let pageToken = '';
  const east = harness.service.client(CustomersServiceService, { orgPath: 'hq/east' });
  do {
    const page = await east.listCustomers({ pageSize: 500, pageToken });
    seen.push(...page.customers.map(({ customerId }) => customerId));
    pageToken = page.nextPageToken;
  } while (pageToken !== '' && seen.length < 3_000);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen.length).toBeGreaterThan(1_200);
  expect(seen).toEqual([...seen].sort());
});
