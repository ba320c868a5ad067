import { MerchantChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, persistently } from '@tidegate/testing';
import { aClerk, aMerchant, aStore } from '../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../testing/merchants.harness';

// Goal: the organisation, its merchants, stores and clerks are kept in order, and each actor reaches only his own part.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const put = (orgPath: string, kind = '') => ({ requestId: newRequestId(), orgUnit: { orgPath, name: orgPath, kind } });
const east = { kind: 'staff' as const, orgPath: 'hq/east' };
const page = { pageSize: 0, pageToken: '' };

it('grows the organisation from its head office down and lists a subtree by whole parts', async () => {
  const client = harness.client();
  await expect(client.putOrgUnit(put('hq/north/beijing'))).rejects.toMatchObject({ reason: 'ORG_PARENT_NOT_FOUND' });
  await expect(client.putOrgUnit(put('other'))).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(client.putOrgUnit(put('hq/south', 'outlet'))).rejects.toMatchObject({ reason: 'ORG_KIND_MISMATCH' });
  for (const path of ['hq/east-2', 'hq/east/shanghai', 'hq/east/shanghai/outlet-01'])
    await client.putOrgUnit(put(path));

  const paths = ['hq/east', 'hq/east/shanghai', 'hq/east/shanghai/outlet-01'];
  const listed = await client.listOrgUnits({ orgPath: 'hq/east', ...page });
  expect(listed.orgUnits.map(({ orgPath, kind }) => [orgPath, kind])).toEqual([
    ['hq/east', 'branch'],
    ['hq/east/shanghai', 'sub_branch'],
    ['hq/east/shanghai/outlet-01', 'outlet'],
  ]);
  const own = await harness.client(east).listOrgUnits({ orgPath: '', ...page });
  expect(own.orgUnits.map(({ orgPath }) => orgPath)).toEqual(paths);
  await expect(harness.client(east).listOrgUnits({ orgPath: 'hq/west', ...page })).rejects.toMatchObject({
    code: 'PERMISSION_DENIED',
  });
});

it('pages, and refuses a foreign page token', async () => {
  const client = harness.client();
  const first = await client.listOrgUnits({ orgPath: '', pageSize: 4, pageToken: '' });
  const second = await client.listOrgUnits({ orgPath: '', pageSize: 4, pageToken: first.nextPageToken });
  expect([...first.orgUnits, ...second.orgUnits].map(({ orgPath }) => orgPath)).toEqual([
    'hq',
    'hq/east',
    'hq/east-2',
    'hq/east/shanghai',
    'hq/east/shanghai/outlet-01',
    'hq/west',
  ]);
  await expect(client.listMerchants({ pageSize: 4, pageToken: 'x' })).rejects.toMatchObject({
    reason: 'PAGE_TOKEN_INVALID',
  });
});

it('keeps a merchant within its organisation and tells of changes', async () => {
  const heard: string[] = [];
  const stopListening = harness.service.bus.listen(MerchantChanged, ({ data }) =>
    heard.push(data.merchant?.name ?? ''),
  );
  const west = aMerchant({ merchantId: 'tea-house', name: 'Tea House', orgPath: 'hq/west' });
  const request = { requestId: newRequestId(), merchant: west };
  await expect(harness.client(east).putMerchant(request)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await harness.client().putMerchant(request);
  const draft = { ...west, state: 'draft', madeBy: 'staff-head-office', reviewedBy: '' };
  expect((await harness.client().putMerchant(request)).merchant).toEqual(draft);
  await expect(harness.client().putMerchant({ ...request, merchant: { ...west, name: 'x' } })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
  const stolen = { requestId: newRequestId(), merchant: { ...west, orgPath: 'hq/east' } };
  await expect(harness.client(east).putMerchant(stolen)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const homeless = { requestId: newRequestId(), merchant: { ...west, orgPath: 'hq/nowhere' } };
  await expect(harness.client().putMerchant(homeless)).rejects.toMatchObject({ reason: 'ORG_UNIT_NOT_FOUND' });
  await eventually(() => expect(heard).toEqual(['Tea House']));
  stopListening();

  const names = async (actor?: Parameters<typeof harness.client>[0]) =>
    (await harness.client(actor).listMerchants(page)).merchants.map(({ merchantId }) => merchantId);
  expect(await names()).toEqual(['noodle-bar', 'tea-house']);
  expect(await names(east)).toEqual(['noodle-bar']);
  expect(await names({ kind: 'merchant', id: 'tea-house' })).toEqual(['tea-house']);
  const shown = await harness.client({ kind: 'customer', id: 'c-1' }).listMerchants(page);
  // The other one is a draft.
  expect(shown.merchants).toEqual([{ ...aMerchant(), settlementAccount: '', madeBy: '', reviewedBy: '' }]);
});

it('lets a merchant reach itself and nobody else', async () => {
  const teaHouse = harness.client({ kind: 'merchant', id: 'tea-house' });
  await expect(teaHouse.getMerchant({ merchantId: 'noodle-bar' })).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  expect((await teaHouse.getMerchant({ merchantId: 'tea-house' })).merchant?.name).toBe('Tea House');
  await expect(teaHouse.getMerchant({ merchantId: 'nobody' })).rejects.toMatchObject({ reason: 'MERCHANT_NOT_FOUND' });
  const store = aStore({ merchantId: 'tea-house' });
  await expect(teaHouse.putStore({ requestId: newRequestId(), store })).rejects.toMatchObject({
    reason: 'STORE_OF_OTHER_MERCHANT',
  });
});

it('places stores and clerks with their merchant', async () => {
  const client = harness.client();
  const clerk = aClerk({ clerkId: 'zhao', storeId: 'nowhere' });
  await expect(client.putClerk({ requestId: newRequestId(), clerk })).rejects.toMatchObject({
    reason: 'STORE_NOT_FOUND',
  });
  const unnamed = await client.putStore({ requestId: newRequestId(), store: aStore({ storeId: '' }) });
  const { stores } = await client.listStores({ merchantId: 'noodle-bar', ...page });
  expect(stores.map(({ storeId }) => storeId).sort()).toEqual(['noodle-bar-1', unnamed.store?.storeId].sort());
  const found = { store: unnamed.store, orgPath: 'hq/east' };
  const storeId = unnamed.store!.storeId;
  for (const caller of [client, harness.client(east)]) expect(await caller.getStore({ storeId })).toEqual(found);
  const west = harness.client({ kind: 'staff', orgPath: 'hq/west' });
  await expect(west.getStore({ storeId })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(client.getStore({ storeId: 'nowhere' })).rejects.toMatchObject({ reason: 'STORE_NOT_FOUND' });
  const { clerks } = await client.listClerks({ merchantId: 'noodle-bar', ...page });
  expect(clerks).toEqual([aClerk()]);
  const own = harness.client({ kind: 'merchant', id: 'tea-house' });
  await expect(own.listClerks({ merchantId: 'noodle-bar', ...page })).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  await expect(client.listStores({ merchantId: 'nobody', ...page })).rejects.toMatchObject({
    reason: 'MERCHANT_NOT_FOUND',
  });
});

it('has one head office, also of two that are put at once', async () => {
  const units = harness.service.mongo.connection.collection<{ _id: string }>('org_units');
  const service = harness.client({ kind: 'service', id: 'set-up', orgPath: '' });
  const kept = await units.find({}).toArray();
  await units.deleteMany({});
  for (let round = 0; round < 5; round += 1) {
    const told = [`bank-${round}`, `other-${round}`].map((orgPath) => {
      const request = put(orgPath);
      return persistently(() => service.putOrgUnit(request)).then(
        () => 'put',
        (error: DomainError) => error.reason,
      );
    });
    expect((await Promise.all(told)).sort()).toEqual(['HEAD_OFFICE_EXISTS', 'put']);
    await units.deleteMany({});
  }
  await units.insertMany(kept);
});

it('leaves no store of a merchant who moves at an outlet of his old organisation', async () => {
  const client = harness.client();
  const cake = aMerchant({ merchantId: 'cake-house' });
  await client.putMerchant({ requestId: newRequestId(), merchant: cake });
  const at = (outletPath: string) => aStore({ storeId: 'cake-1', merchantId: 'cake-house', outletPath });
  const place = (outletPath: string) => client.putStore({ requestId: newRequestId(), store: at(outletPath) });
  const move = (orgPath: string) => client.putMerchant({ requestId: newRequestId(), merchant: { ...cake, orgPath } });
  await place('hq/east/shanghai');
  await expect(move('hq/west')).rejects.toMatchObject({
    reason: 'OUTLET_NOT_OF_MERCHANT',
    metadata: { storeId: 'cake-1' },
  });
  expect((await move('hq/east/shanghai')).merchant?.orgPath).toBe('hq/east/shanghai');
  await place('');
  expect((await move('hq/west')).merchant?.orgPath).toBe('hq/west');
  // At once: whichever comes second is refused.
  for (let round = 0; round < 5; round += 1) {
    await move('hq/east');
    await place('');
    const outcomes = await Promise.all(
      [() => move('hq/west'), () => place('hq/east/shanghai')].map((call) =>
        persistently<unknown>(call).then(
          () => 'done',
          (error: DomainError) => error.reason,
        ),
      ),
    );
    expect(outcomes.sort()).toEqual(['OUTLET_NOT_OF_MERCHANT', 'done']);
  }
});

it('knows the circle of a store', async () => {
  const lost = aStore({ storeId: 'noodle-bar-9', circleId: 'of-nobody' });
  await expect(harness.client().putStore({ requestId: newRequestId(), store: lost })).rejects.toMatchObject({
    code: 'NOT_FOUND',
    reason: 'CIRCLE_NOT_FOUND',
  });
});

it('refuses bad input by field', async () => {
  const client = harness.client();
  const merchant = aMerchant({ orgPath: 'HQ', merchantId: 'a/b' });
  const refusal = await client.putMerchant({ requestId: '', merchant }).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ reason: 'VALIDATION_FAILED' });
  const fields = (refusal as { violations: { field: string }[] }).violations.map(({ field }) => field);
  expect(fields.sort()).toEqual(['merchant.merchantId', 'merchant.orgPath', 'requestId']);
  await expect(client.putMerchant({ requestId: 'r', merchant: undefined })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  const unpayable = aMerchant({ settlementAccount: 'CZ65 0800 0000 1920 0014 5398' });
  await expect(client.putMerchant({ requestId: newRequestId(), merchant: unpayable })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'merchant.settlementAccount' }],
  });
  for (const wrong of [
    { latitude: 91, longitude: Number.NaN },
    { openingHours: [{ weekday: 8, opensMinute: 0, closesMinute: 60 }] },
    { openingHours: [{ weekday: 1, opensMinute: 600, closesMinute: 540 }] },
    { closedDates: ['2026-02-30'] },
    { circleId: 'a/b' },
  ]) {
    const refused = client.putStore({ requestId: newRequestId(), store: aStore(wrong) });
    await expect(refused).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
});
