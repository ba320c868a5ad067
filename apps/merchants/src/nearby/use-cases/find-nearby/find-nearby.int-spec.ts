import { NearbyServiceService, type Activity } from '@tidegate/contracts/merchants/v1/nearby';
import { aMerchant, aStore } from '../../../testing/merchants.factory';
import { trafficFixture } from '../../../traffic/testing/traffic.fixture';
import {
  newRequestId,
  onboard,
  seedMerchant,
  startMerchants,
  suspend,
  type MerchantsHarness,
} from '../../../testing/merchants.harness';

// Goal: a customer sees what is near, nearest first, open or not, page by page, and nothing of merchants that do not work.

const HERE = { longitude: 121.475, latitude: 31.233 };
/** Degrees of latitude for so many metres. */
const north = (meters: number) => HERE.latitude + meters / 111_320;

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  await onboard(harness, aMerchant({ merchantId: 'tea-house', name: 'Tea House' }));
  const put = (store: ReturnType<typeof aStore>) => harness.client().putStore({ requestId: newRequestId(), store });
  // It is noon of a Sunday in Shanghai.
  const evening = [{ weekday: 7, opensMinute: 18 * 60, closesMinute: 22 * 60 }];
  await put(aStore({ storeId: 'evening', latitude: north(300), openingHours: evening }));
  await put(aStore({ storeId: 'shut', latitude: north(200), isOpen: false }));
  for (const storeId of ['twin-a', 'twin-b', 'twin-c']) await put(aStore({ storeId, latitude: north(500) }));
  await put(aStore({ storeId: 'tea', merchantId: 'tea-house', latitude: north(900) }));
  await put(aStore({ storeId: 'far', latitude: north(4_000) }));
});
afterAll(() => harness?.stop());

const nearby = (actor: object = { kind: 'customer', id: 'c-1', orgPath: '' }) =>
  harness.clientOf(NearbyServiceService, actor as never);
const search = (overrides = {}) => ({
  ...{ ...HERE, radiusMeters: 0, isOpenNow: false, pageSize: 0, pageToken: '' },
  ...{ merchantIds: [], storeIds: [], outletPaths: [] },
  ...overrides,
});
const stores = async (overrides = {}) => {
  const { stores: found } = await nearby().findNearbyStores(search(overrides));
  return found.map(({ store }) => store?.storeId);
};

it('finds stores by distance, with whether they are open', async () => {
  const { stores: found } = await nearby().findNearbyStores(search());
  expect(found.map(({ store, isOpenNow }) => [store?.storeId, isOpenNow])).toEqual([
    ['noodle-bar-1', true],
    ['evening', false],
    ['twin-a', true],
    ['twin-b', true],
    ['twin-c', true],
    ['tea', true],
  ]);
  expect(found[5]).toMatchObject({ merchantName: 'Tea House' });
  expect(Math.abs(found[1]!.distanceMeters - 300)).toBeLessThan(3);
  expect(await stores({ isOpenNow: true })).not.toContain('evening');
  expect(await stores({ radiusMeters: 10_000 })).toContain('far');
  expect(await stores({ latitude: 10 })).toEqual([]);
});

it('pages through equal distances without losing or repeating one', async () => {
  const seen: (string | undefined)[] = [];
  let pageToken = '';
  do {
    const page = await nearby().findNearbyStores(search({ pageSize: 2, pageToken }));
    seen.push(...page.stores.map(({ store }) => store?.storeId));
    ({ nextPageToken: pageToken } = page);
  } while (pageToken !== '');
  expect(seen).toEqual(await stores());
});

it('finds the stores of a scope alone: what is named must all hold', async () => {
  expect(await stores({ merchantIds: ['tea-house'] })).toEqual(['tea']);
  expect(await stores({ storeIds: ['twin-b', 'tea', 'shut', 'far'] })).toEqual(['twin-b', 'tea']);
  expect(await stores({ merchantIds: ['tea-house'], storeIds: ['twin-b'] })).toEqual([]);
  const lanePath = 'hq/east/lane';
  const orgUnit = { orgPath: lanePath, name: 'Lane', kind: '' };
  await harness.client().putOrgUnit({ requestId: newRequestId(), orgUnit });
  const lane = { storeId: 'lane', outletPath: lanePath, latitude: north(1_500) };
  await harness.client().putStore({ requestId: newRequestId(), store: aStore(lane) });
  expect(await stores({ outletPaths: [lanePath] })).toEqual(['lane']);
  // A store that names no outlet belongs to that of its merchant.
  expect(await stores({ outletPaths: ['hq/east'] })).toEqual(await stores());
  expect(await stores({ outletPaths: ['hq/west'] })).toEqual([]);
});

it('shows nothing of a merchant that is suspended', async () => {
  await suspend(harness, 'tea-house');
  expect(await stores()).not.toContain('tea');
});

it('finds activities that are not over, with whether they take place now', async () => {
  const base: Activity = {
    ...{ activityId: 'tasting', name: 'Tasting', description: '', orgPath: 'hq/east', storeId: 'noodle-bar-1' },
    ...{ longitude: 0, latitude: 0, openingHours: [], closedDates: [], stockId: '', planId: '' },
    ...{ startsAt: new Date('2026-11-01T00:00:00Z'), endsAt: new Date('2026-12-01T00:00:00Z') },
  };
  const put = (overrides: Partial<Activity>, actor: object = {}) =>
    nearby({ kind: 'staff', ...actor }).putActivity({ requestId: newRequestId(), activity: { ...base, ...overrides } });
  const { activity } = await put({});
  expect(activity).toMatchObject(HERE);
  const elsewhere = { storeId: '', longitude: HERE.longitude, latitude: north(700) };
  await put({ activityId: 'fair', ...elsewhere, startsAt: new Date('2026-11-23T00:00:00Z') });
  await put({ activityId: 'over', endsAt: new Date('2026-11-22T03:00:00Z') });
  const { activities } = await nearby().findNearbyActivities(search());
  expect(activities.map((each) => [each.activity?.activityId, each.isOpenNow])).toEqual([
    ['tasting', true],
    ['fair', false],
  ]);
  const now = await nearby().findNearbyActivities(search({ isOpenNow: true }));
  expect(now.activities).toHaveLength(1);

  await expect(put({ storeId: 'nowhere' })).rejects.toMatchObject({ reason: 'STORE_NOT_FOUND' });
  await expect(put({ planId: 'no-plan' })).rejects.toMatchObject({ reason: 'PLAN_NOT_FOUND' });
  await expect(put({ stockId: 'no-stock' })).rejects.toMatchObject({ reason: 'STOCK_NOT_FOUND' });
  const planId = await trafficFixture(harness).putPlan();
  harness.benefits.stocks.set('noodle-packet', 'hq');
  const named = { planId, stockId: 'noodle-packet' };
  expect((await put(named)).activity).toMatchObject(named);
  await expect(put({ orgPath: 'hq/none' })).rejects.toMatchObject({ reason: 'ORG_UNIT_NOT_FOUND' });
  await expect(put({ endsAt: base.startsAt })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await expect(put({ orgPath: 'hq/west' }, { orgPath: 'hq/west' })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  await expect(put({}, { kind: 'merchant', id: 'noodle-bar' })).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
  const eastStore = put({ orgPath: 'hq/west', activityId: 'theirs' }, { orgPath: 'hq/west' });
  await expect(eastStore).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const page = { pageSize: 2, pageToken: '' };
  const listed = await nearby({ kind: 'staff' }).listActivities(page);
  expect(listed.activities.map(({ activityId }) => activityId)).toEqual(['fair', 'over']);
  expect((await nearby({ kind: 'staff', orgPath: 'hq/west' }).listActivities(page)).activities).toEqual([]);
});

it('shows no activity at a store that is shut or whose merchant is suspended', async () => {
  await onboard(harness, aMerchant({ merchantId: 'book-shop', orgPath: 'hq/east' }));
  const place = { longitude: 100, latitude: 30 };
  const putStore = (storeId: string, overrides = {}) =>
    harness.client().putStore({
      requestId: newRequestId(),
      store: aStore({ storeId, merchantId: 'book-shop', ...place, ...overrides }),
    });
  const putActivity = (activityId: string, storeId: string) =>
    nearby({ kind: 'staff' }).putActivity({
      requestId: newRequestId(),
      activity: {
        ...{ activityId, name: activityId, description: '', orgPath: 'hq/east', storeId, ...place },
        ...{ openingHours: [], closedDates: [], stockId: '', planId: '' },
        ...{ startsAt: new Date('2026-11-01T00:00:00Z'), endsAt: new Date('2026-12-01T00:00:00Z') },
      },
    });
  await putStore('books-1');
  await putStore('books-2');
  await putActivity('reading', 'books-1');
  await putActivity('signing', 'books-2');
  await putActivity('square', '');
  const found = async () => {
    const { activities } = await nearby().findNearbyActivities(search(place));
    return activities.map(({ activity }) => activity?.activityId);
  };
  expect(await found()).toEqual(['reading', 'signing', 'square']);
  await putStore('books-1', { isOpen: false });
  expect(await found()).toEqual(['signing', 'square']);
  await suspend(harness, 'book-shop');
  expect(await found()).toEqual(['square']);
});

it('refuses places that are not on the map', async () => {
  for (const wrong of [{ longitude: 181 }, { latitude: -91 }, { radiusMeters: 50_001 }, { pageSize: 101 }]) {
    await expect(nearby().findNearbyStores(search(wrong))).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
  const token = nearby().findNearbyStores(search({ pageToken: 'x' }));
  await expect(token).rejects.toMatchObject({ reason: 'PAGE_TOKEN_INVALID' });
});
