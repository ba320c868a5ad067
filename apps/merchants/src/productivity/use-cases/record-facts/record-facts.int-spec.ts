import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FanChanged } from '@tidegate/contracts/benefits/v1/fans_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { ProductivityServiceService } from '@tidegate/contracts/merchants/v1/productivity';
import { eventually } from '@tidegate/testing';
import { asMessage } from '../../../testing/fake-benefits';
import { aRedemption, aStore } from '../../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../../testing/merchants.harness';

// Goal: what outlets and circles achieve is counted from what happened, each event and each customer once, and shown by scope.

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  const circle = { circleId: 'nanjing-road', name: 'Nanjing Road', orgPath: 'hq/east' };
  await tables().putCircle({ requestId: newRequestId(), circle });
  await harness.client().putStore({ requestId: newRequestId(), store: aStore({ circleId: 'nanjing-road' }) });
});
afterAll(() => harness?.stop());

const tables = (actor?: object) => harness.clientOf(ProductivityServiceService, actor as never);
const table = async (kind: string, overrides = {}, actor?: object) =>
  tables(actor).listProductivity({ kind, month: '2026-11', orderBy: '', pageSize: 0, pageToken: '', ...overrides });

const fact = (factId: string, factType: string, customerId: string, data: object): FactRecorded => ({
  ...{ factId, factType, customerId, data: data as FactRecorded['data'] },
  occurredAt: new Date('2026-11-20T04:00:00Z'),
  acceptedAt: new Date('2026-11-20T04:00:01Z'),
});
const redemption = (redemptionId: string, customerId: string, overrides = {}) => ({
  redemption: { ...asMessage(aRedemption({ redemptionId, ...overrides })), customerId },
});

it('counts redemptions, transactions, fans, customers and active merchants, each once', async () => {
  const redeemed = [
    redemption('r-1', 'c-1'),
    redemption('r-2', 'c-1'),
    redemption('r-3', 'c-2'),
    // The first of December in Shanghai.
    redemption('r-4', 'c-1', { redeemedAt: new Date('2026-11-30T16:00:00Z') }),
    redemption('r-5', 'c-1', { storeId: 'nowhere' }),
  ];
  const facts = [
    fact('f-1', 'transaction', 'c-3', { storeId: 'noodle-bar-1', amountMinor: 100 }),
    fact('f-2', 'transaction', 'c-3', { outletPath: 'hq/west' }),
    fact('f-3', 'fan-followed', 'c-4', { outletPath: 'hq/west' }),
    fact('f-4', 'fan-unfollowed', 'c-5', { outletPath: 'hq/west' }),
    fact('f-5', 'fan-followed', 'c-4', { storeId: 'noodle-bar-1' }),
    fact('f-6', 'transaction', 'c-6', { amountMinor: 100 }),
    fact('f-7', 'card-issued', 'c-6', { outletPath: 'hq/west' }),
    fact('f-8', 'transaction', 'c-6', { outletPath: '../etc' }),
    fact('f-9', 'transaction', 'c-6', { outletPath: 'hq/esat/lane' }),
  ];
  for (const time of [1, 2]) {
    await harness.service.publish(BenefitRedeemed, 'noodle-bar', redeemed, 'redeemed');
    await harness.service.publish(FactRecorded, 'c', facts, 'facts');
    if (time === 2) await harness.service.publish(BenefitRedeemed, 'noodle-bar', [redemption('r-6', 'c-7')]);
  }
  const east = { customerCount: 5, activeMerchantCount: 1, transactionCount: 1, fanCount: 1, redemptionCount: 4 };
  const west = { customerCount: 2, activeMerchantCount: 0, transactionCount: 1, fanCount: 0, redemptionCount: 0 };
  await eventually(async () =>
    expect((await table('branch')).rows).toEqual([
      { key: 'hq/east', rank: 1, ...east },
      { key: 'hq/west', rank: 2, ...west },
    ]),
  );
  const all = { customerCount: 5, activeMerchantCount: 1, transactionCount: 2, fanCount: 1, redemptionCount: 4 };
  expect((await table('head_office')).rows).toEqual([{ key: 'hq', rank: 1, ...all }]);
  expect((await table('circle')).rows).toEqual([{ key: 'nanjing-road', rank: 1, ...east }]);
  expect((await table('branch', { month: '2026-12' })).rows).toMatchObject([
    { key: 'hq/east', rank: 1, redemptionCount: 1 },
    { key: 'hq/west', rank: 2, redemptionCount: 0 },
  ]);
  expect((await table('branch', { month: '' })).month).toBe('2026-11');
  expect((await table('sub_branch')).rows).toEqual([]);
});

it('pages, orders as asked, and shows staff their own part', async () => {
  const first = await table('branch', { pageSize: 1, orderBy: 'customers' });
  const second = await table('branch', { pageSize: 1, orderBy: 'customers', pageToken: first.nextPageToken });
  expect([...first.rows, ...second.rows].map(({ key }) => key)).toEqual(['hq/east', 'hq/west']);
  expect(second.nextPageToken).toBe('');
  const west = { orgPath: 'hq/west' };
  expect((await table('branch', {}, west)).rows.map(({ key }) => key)).toEqual(['hq/west']);
  expect((await table('circle', {}, west)).rows).toEqual([]);
  expect((await tables(west).listCircles({ pageSize: 0, pageToken: '' })).circles).toEqual([]);
  await expect(table('branch', {}, { kind: 'merchant', id: 'noodle-bar' })).rejects.toMatchObject({
    reason: 'STAFF_ONLY',
  });
  const circle = { circleId: 'nanjing-road', name: 'X', orgPath: 'hq/west' };
  await expect(tables(west).putCircle({ requestId: newRequestId(), circle })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  for (const wrong of [{ kind: 'shop' }, { month: '2026-13' }, { orderBy: 'luck' }]) {
    await expect(table('branch', wrong)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
});

it('counts the fans of the app at their store, or at the outlet that they follow', async () => {
  const month = '2026-10';
  const fan = (kind: string, targetId: string, customerId: string, isFollowing = true): FanChanged => ({
    ...{ kind, targetId, customerId, isFollowing, orgPath: 'hq/west', fanCount: 1 },
    changedAt: new Date('2026-10-20T04:00:00Z'),
  });
  for (const orgPath of ['hq/west/lane', 'hq/west/lane/outlet-1', 'hq/west/lane/outlet-2']) {
    await harness.client().putOrgUnit({ requestId: newRequestId(), orgUnit: { orgPath, name: orgPath, kind: '' } });
  }
  const fans = [
    fan('store', 'noodle-bar-1', 'c-1'),
    fan('outlet', 'hq/west/lane/outlet-1', 'c-1'),
    // There is no such outlet: he is a fan of its organisation.
    fan('outlet', 'hq/west/lane/outlet-9', 'c-2'),
    fan('outlet', 'lane-desk', 'c-3'),
    fan('outlet', 'lane-desk', 'c-3', false),
    fan('store', 'nowhere', 'c-4'),
  ];
  for (const time of [1, 2]) await harness.service.publish(FanChanged, `c-${time}`, fans, 'fans');
  await eventually(async () =>
    expect((await table('branch', { month, orderBy: 'fans' })).rows).toMatchObject([
      { key: 'hq/west', fanCount: 2, customerCount: 3, transactionCount: 0 },
      { key: 'hq/east', fanCount: 1, customerCount: 1, transactionCount: 0 },
    ]),
  );
  expect((await table('outlet', { month, orderBy: 'fans' })).rows).toMatchObject([
    { key: 'hq/west/lane/outlet-1', rank: 1, fanCount: 1 },
    { key: 'hq/west/lane/outlet-2', rank: 2, fanCount: 0 },
  ]);
  expect((await table('circle', { month })).rows).toMatchObject([{ key: 'nanjing-road', fanCount: 1 }]);
});

it('has the fans of a month at its end, also when nothing happened in it', async () => {
  await eventually(async () =>
    expect((await table('branch', { month: '2027-01', orderBy: 'fans' })).rows).toMatchObject([
      { key: 'hq/east', fanCount: 2, customerCount: 0, redemptionCount: 0 },
      { key: 'hq/west', fanCount: 2, customerCount: 0, redemptionCount: 0 },
    ]),
  );
});

it('has a row for whoever achieved nothing, on its page and in its scope', async () => {
  const quiet = { customerCount: 0, activeMerchantCount: 0, transactionCount: 0, fanCount: 0, redemptionCount: 0 };
  const month = '2026-09';
  const first = await table('branch', { month, pageSize: 1 });
  const second = await table('branch', { month, pageSize: 1, pageToken: first.nextPageToken });
  expect([...first.rows, ...second.rows]).toEqual([
    { key: 'hq/east', rank: 1, ...quiet },
    { key: 'hq/west', rank: 1, ...quiet },
  ]);
  expect(second.nextPageToken).toBe('');
  expect((await table('circle', { month })).rows).toEqual([{ key: 'nanjing-road', rank: 1, ...quiet }]);
  expect((await table('outlet', { month }, { orgPath: 'hq/east' })).rows).toEqual([]);
});

it('shows a circle to its organisation of now, with what was counted before', async () => {
  const circle = { circleId: 'nanjing-road', name: 'Nanjing Road', orgPath: 'hq/west' };
  const [before] = (await table('circle')).rows;
  await tables().putCircle({ requestId: newRequestId(), circle });
  expect((await table('circle', {}, { orgPath: 'hq/west' })).rows).toEqual([before]);
  expect((await table('circle', {}, { orgPath: 'hq/east' })).rows).toEqual([]);
  await tables().putCircle({ requestId: newRequestId(), circle: { ...circle, orgPath: 'hq/east' } });
});

it('takes reversed redemptions off their own month, once, whichever is heard of first', async () => {
  const month = '2026-08';
  const redeemedAt = new Date('2026-08-20T04:00:00Z');
  const reversal = (redemptionId: string, reversalId: string) =>
    BenefitReversed.fromPartial({ reversal: { redemptionId, reversalId, merchantId: 'noodle-bar' } });
  const counts = async () =>
    (await table('branch', { month })).rows
      .slice(0, 1)
      .map(({ redemptionCount, customerCount }) => [redemptionCount, customerCount]);
  await harness.service.publish(BenefitReversed, 'noodle-bar', [reversal('s-1', 'back-1')]);
  await harness.service.publish(BenefitRedeemed, 'noodle-bar', [redemption('s-4', 'c-4', { redeemedAt })]);
  await eventually(async () => expect(await counts()).toEqual([[1, 1]]));
  const redeemed = ['s-1', 's-2', 's-3'].map((id) => redemption(id, `c-${id}`, { redeemedAt }));
  await harness.service.publish(BenefitRedeemed, 'noodle-bar', redeemed);
  await eventually(async () => expect(await counts()).toEqual([[3, 4]]));
  const again = [reversal('s-1', 'again-1'), reversal('s-2', 'back-2'), reversal('s-2', 'again-2')];
  await harness.service.publish(BenefitReversed, 'noodle-bar', again);
  await harness.service.publish(BenefitReversed, 'noodle-bar', [reversal('s-4', 'back-4')]);
  await eventually(async () => expect(await counts()).toEqual([[1, 4]]));
});
