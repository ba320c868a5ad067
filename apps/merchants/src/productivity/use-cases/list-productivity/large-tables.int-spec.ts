import { ProductivityServiceService } from '@tidegate/contracts/merchants/v1/productivity';
import { seedMerchant, startMerchants, type MerchantsHarness } from '../../../testing/merchants.harness';
import { TABLE_UNITS_MAX } from './list-productivity.use-case';

// Goal: a table of more units than it may have says so, and whoever is in one stands there with all that was counted of him.

const month = '2026-11';

let harness: MerchantsHarness;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
});
afterAll(() => harness?.stop());

const table = async (kind: string, actor?: object) => {
  const request = { kind, month, orderBy: '', pageSize: 3, pageToken: '' };
  return harness.clientOf(ProductivityServiceService, actor as never).listProductivity(request);
};
const fill = async (collection: string, documents: object[]): Promise<void> => {
  await harness.service.mongo.connection.collection(collection).insertMany(documents as never[]);
};
const many = <T>(count: number, make: (name: string) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(String(index).padStart(5, '0')));
const counted = (kind: string, key: string, orgPath: string, redemptionCount: number) => ({
  ...{ _id: `${month}|${kind}|${key}`, month, kind, key, orgPath, redemptionCount },
  ...{ customerCount: 0, activeMerchantCount: 0, transactionCount: 0 },
});

it('says that there are more outlets than it is of, to those alone who have so many', async () => {
  const outlet = (name: string) => ({ _id: `hq/east/lane/outlet-${name}`, name, kind: 'outlet' });
  await fill('org_units', many(TABLE_UNITS_MAX, outlet));
  expect(await table('outlet')).toMatchObject({ isCut: false });
  await fill('org_units', [{ _id: 'hq/west/lane/outlet', name: 'last', kind: 'outlet' }]);
  await fill('productivity_rows', [
    counted('outlet', 'hq/east/lane/outlet-19999', 'hq/east/lane/outlet-19999', 4),
    counted('outlet', 'hq/west/lane/outlet', 'hq/west/lane/outlet', 9),
  ]);
  const all = await table('outlet');
  expect(all.isCut).toBe(true);
  expect(all.rows[0]).toMatchObject({ key: 'hq/east/lane/outlet-19999', rank: 1, redemptionCount: 4 });
  const west = await table('outlet', { orgPath: 'hq/west' });
  expect(west.isCut).toBe(false);
  expect(west.rows).toMatchObject([{ key: 'hq/west/lane/outlet', rank: 1, redemptionCount: 9 }]);
});

it('has what was counted of a circle, however many circles there are elsewhere', async () => {
  await fill('productivity_rows', [
    ...many(TABLE_UNITS_MAX, (name) => counted('circle', `a-${name}`, 'hq/east', 1)),
    counted('circle', 'west-end', 'hq/west', 7),
  ]);
  await fill(
    'productivity_fans',
    [...many(TABLE_UNITS_MAX, (name) => `a-${name}`), 'west-end'].map((key) => ({
      ...{ _id: `circle|${key}`, kind: 'circle', key, orgPath: key === 'west-end' ? 'hq/west' : 'hq/east' },
      changes: { [month]: 3 },
    })),
  );
  await fill('circles', [{ _id: 'west-end', name: 'West End', orgPath: 'hq/west' }]);
  const { rows, isCut } = await table('circle', { orgPath: 'hq/west' });
  expect(rows).toMatchObject([{ key: 'west-end', redemptionCount: 7, fanCount: 3 }]);
  expect(isCut).toBe(false);
});
