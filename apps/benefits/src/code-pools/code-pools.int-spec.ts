import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { StockReplenished } from '@tidegate/contracts/benefits/v1/benefits_events';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { CodePoolAlarmRaised } from '@tidegate/contracts/benefits/v1/code_pools_events';
import { GroupCommitter, Mongo } from '@tidegate/mongo';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { aStock } from '../testing/stock.factory';
import { tally } from '../testing/wallet.fixture';
import { CodePoolRepository } from './repositories/code-pool.repository';
import { importCodes, issueInstances, putPool } from './testing/code-pools.fixture';

// Goal: an outside code comes in once, goes to one instance for ever, and is seen by nobody but its holder.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
const client = () => first.client(CodePoolsServiceService);
const codes = (prefix: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
const fileOf = (rows: string[]): string => ['code', ...rows].join('\n');
const assign = ({ app }: TestService, poolId: string, instanceIds: string[]): Promise<void> =>
  app.get(Mongo).transaction((tx) => app.get(CodePoolRepository, { strict: false }).assign(poolId, instanceIds, tx));
/** Claims of one replica, gathered as the claim path gathers them. */
const claimLane = ({ app }: TestService, poolId: string): GroupCommitter<string, string> =>
  new GroupCommitter(app.get(Mongo), {
    name: `test-${poolId}`,
    batchMax: 16,
    commit: async (instanceIds, tx) => {
      await app.get(CodePoolRepository, { strict: false }).assign(poolId, instanceIds, tx);
      return instanceIds.map((value) => ({ value }));
    },
  });

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it('imports each code once, names every duplicate with its line, and stores none in the clear', async () => {
  await putPool(client(), 'once', { providerId: 'video-site' });
  await putPool(client(), 'once-more', { providerId: 'video-site' });
  const rows = codes('V', 1_300);
  const mixed = [...rows.slice(0, 700), 'V-5', '', 'has space', ...rows.slice(700), 'V-1299'];
  const done = await importCodes(client(), 'once', fileOf(mixed));
  expect(done).toMatchObject({
    state: 'completed',
    lineCount: 1_303,
    importedCount: 1_300,
    duplicateCount: 2,
    refusedCount: 3,
  });
  const { errors } = await client().listCodeImportErrors({ importId: done.importId, pageSize: 0, pageToken: '' });
  expect(errors.map(({ line, reason, message }) => [line, reason, message])).toEqual([
    [702, 'CODE_DUPLICATE', 'Line 7 of this file has the same code.'],
    [704, 'CODE_INVALID', expect.any(String)],
    [1_305, 'CODE_DUPLICATE', 'Line 1304 of this file has the same code.'],
  ]);
  // The same provider's code does not come in by another pool either; another provider may use the same text.
  const again = await importCodes(client(), 'once-more', fileOf(['V-0', 'W-0']));
  expect(again).toMatchObject({ importedCount: 1, duplicateCount: 1 });
  await putPool(client(), 'other-provider');
  expect(await importCodes(client(), 'other-provider', fileOf(['V-0']))).toMatchObject({ importedCount: 1 });

  const { pool } = await client().getCodePool({ poolId: 'once' });
  expect(pool).toMatchObject({ importedCount: 1_300, assignedCount: 0, availableCount: 1_300 });
  const stored = await first.mongo.connection.collection('pool_codes').find({}).limit(50).toArray();
  expect(JSON.stringify(stored)).not.toContain('V-1');
  const chunks = first.mongo.connection.collection('code_import_chunks');
  expect(await chunks.countDocuments({ content: { $exists: true } })).toBe(0);
});

it('imports one file into a pool from two replicas at once, each code once', async () => {
  await putPool(client(), 'race', { providerId: 'race' });
  const rows = codes('R', 1_500);
  const both = await Promise.all(
    [first, second].map((replica) =>
      importCodes(replica.client(CodePoolsServiceService), 'race', fileOf(rows), { chunkBytes: 100_000 }),
    ),
  );
  expect(both.reduce((sum, { importedCount }) => sum + importedCount, 0)).toBe(1_500);
  expect(both.reduce((sum, { duplicateCount }) => sum + duplicateCount, 0)).toBe(1_500);
});

it('gives every code once to concurrent claims over two replicas, and none too many', async () => {
  await putPool(client(), 'exact', { alarmBelowCount: 50 });
  await importCodes(client(), 'exact', fileOf(codes('E', 300)));
  const alarms: string[] = [];
  const stop = first.bus.listen(CodePoolAlarmRaised, ({ data }) => {
    if (data.alarm?.poolId === 'exact') alarms.push(data.alarm.kind);
  });
  const lanes = [claimLane(first, 'exact'), claimLane(second, 'exact')];
  const claims = Array.from({ length: 400 }, (_, index) => lanes[index % 2]!.submit(`exact-${index}`));
  const counts = await tally(claims);
  expect(counts).toEqual({ done: 300, CODE_POOL_EMPTY: 100 });
  const given = await first.mongo.connection.collection('code_assignments').find({ poolId: 'exact' }).toArray();
  expect(new Set(given.map(({ codeId }) => codeId as string)).size).toBe(300);
  expect(new Set(given.map(({ _id }) => String(_id))).size).toBe(300);
  await eventually(() => expect(alarms.sort()).toEqual(['empty', 'low']));
  stop();

  const page = await client().listCodePoolAlarms({ poolId: 'exact', pageSize: 1, pageToken: '' });
  const rest = await client().listCodePoolAlarms({ poolId: 'exact', pageSize: 5, pageToken: page.nextPageToken });
  expect([...page.alarms, ...rest.alarms].map(({ kind, availableCount }) => [kind, availableCount])).toEqual([
    ['empty', 0],
    ['low', expect.any(Number)],
  ]);
});

it('raises the alarm of an import that leaves the pool low', async () => {
  await putPool(client(), 'small', { alarmBelowCount: 10 });
  await importCodes(client(), 'small', fileOf(codes('S', 4)));
  const { alarms } = await client().listCodePoolAlarms({ poolId: 'small', pageSize: 0, pageToken: '' });
  expect(alarms).toMatchObject([{ kind: 'low', availableCount: 4, alarmBelowCount: 10 }]);
});

it('shows a code to the holder only, again and again', async () => {
  await putPool(client(), 'shown');
  const file = ['code,secret', 'K-1,pin-1', 'K-2,pin-2'].join('\n');
  await importCodes(client(), 'shown', file, { secretColumn: 'secret' });
  const [seen, without] = (await issueInstances(first, 'c-1', 2)) as [string, string];
  await assign(first, 'shown', [seen]);
  const as = (id: string, kind: 'customer' | 'staff' = 'customer') =>
    first.client(CodePoolsServiceService, { id, kind });

  const shown = await as('c-1').showCode({ instanceId: seen, customerId: 'c-1' });
  expect(shown).toEqual({ code: 'K-1', secret: 'pin-1', providerId: 'shown' });
  expect(await as('c-1').showCode({ instanceId: seen, customerId: 'c-1' })).toEqual(shown);
  await expect(as('c-2').showCode({ instanceId: seen, customerId: 'c-2' })).rejects.toMatchObject({
    reason: 'INSTANCE_NOT_FOUND',
  });
  await expect(as('c-2').showCode({ instanceId: seen, customerId: 'c-1' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
  await expect(as('c-1', 'staff').showCode({ instanceId: seen, customerId: 'c-1' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
  await expect(as('c-1').showCode({ instanceId: without, customerId: 'c-1' })).rejects.toMatchObject({
    reason: 'CODE_NOT_FOUND',
  });
});

it('keeps pools, imports and alarms within the organisation', async () => {
  await putPool(client(), 'east', { orgPath: 'hq/east', alarmBelowCount: 9 });
  const job = await importCodes(client(), 'east', fileOf(['X-1']));
  const west = first.client(CodePoolsServiceService, { orgPath: 'hq/west' });
  const page = { pageSize: 0, pageToken: '' };
  const reason = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(west.getCodePool({ poolId: 'east' })).rejects.toMatchObject(reason);
  await expect(west.getCodeImport({ importId: job.importId })).rejects.toMatchObject(reason);
  await expect(west.listCodeImportErrors({ importId: job.importId, ...page })).rejects.toMatchObject(reason);
  await expect(west.listCodePoolAlarms({ poolId: 'east', ...page })).rejects.toMatchObject(reason);
  await expect(putPool(west, 'east', { orgPath: 'hq/west' })).rejects.toMatchObject(reason);
  await expect(putPool(west, 'west-grab', { orgPath: 'hq/east' })).rejects.toMatchObject(reason);
  expect((await west.listCodePoolAlarms({ poolId: '', ...page })).alarms).toEqual([]);
  expect((await west.listCodePools(page)).pools).toEqual([]);
  await expect(putPool(client(), 'east', { orgPath: 'hq', providerId: 'x' })).rejects.toMatchObject({
    reason: 'POOL_PROVIDER_FIXED',
  });
  const costShares = [{ funder: 'bank' as const, partyId: 'hq/west', basisPoints: 10_000 }];
  const terms = { kind: 'third_party_code' as const, isTransferable: false, orgPath: 'hq/west', costShares };
  const stock = { ...aStock({ stockId: 'taken', ...terms }), claimedCount: 0 };
  const create = (poolId: string) =>
    first
      .client(BenefitsServiceService, { orgPath: 'hq/west' })
      .createStock({ requestId: `taken-${poolId}`, stock: { ...stock, poolId } });
  await expect(create('east')).rejects.toMatchObject(reason);
  await expect(create('nowhere')).rejects.toMatchObject({ violations: [{ field: 'stock.poolId' }] });
  await expect(client().getCodePool({ poolId: 'nowhere' })).rejects.toMatchObject({ reason: 'POOL_NOT_FOUND' });
});

it('pages the imports into a pool, newest first, to those of its organisation', async () => {
  for (const poolId of ['paged', 'beside']) await putPool(client(), poolId, { orgPath: 'hq/east' });
  const importIds: string[] = [];
  for (let index = 0; index < 3; index += 1) {
    importIds.unshift((await importCodes(client(), 'paged', fileOf([`PAGED-${index}`]))).importId);
    await importCodes(client(), 'beside', fileOf([`BESIDE-${index}`]));
  }
  const first2 = await client().listCodeImports({ poolId: 'paged', pageSize: 2, pageToken: '' });
  const rest = await client().listCodeImports({ poolId: 'paged', pageSize: 2, pageToken: first2.nextPageToken });
  const found = [...first2.imports, ...rest.imports];
  expect(found.map(({ importId }) => importId)).toEqual(importIds);
  expect(found[0]).toEqual((await client().getCodeImport({ importId: importIds[0]! })).import);
  expect(rest.nextPageToken).toBe('');
  const page = { pageSize: 0, pageToken: '' };
  const west = first.client(CodePoolsServiceService, { orgPath: 'hq/west' });
  const outOfScope = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(west.listCodeImports({ poolId: 'paged', ...page })).rejects.toMatchObject(outOfScope);
  const nowhere = client().listCodeImports({ poolId: 'nowhere', ...page });
  await expect(nowhere).rejects.toMatchObject({ reason: 'POOL_NOT_FOUND' });
});

it('tells what the stocks of a pool have left of its codes, and that an empty one was filled up', async () => {
  await putPool(client(), 'refilled');
  const benefits = first.client(BenefitsServiceService);
  const terms = { kind: 'third_party_code' as const, poolId: 'refilled', isTransferable: false };
  for (const stockId of ['refilled-a', 'refilled-b']) {
    await benefits.createStock({ requestId: stockId, stock: { ...aStock({ stockId, ...terms }), claimedCount: 0 } });
  }
  const plain = { ...aStock({ stockId: 'of-no-pool' }), claimedCount: 0 };
  await benefits.createStock({ requestId: 'of-no-pool', stock: plain });
  const left = async () => {
    const { stocks } = await benefits.getStocks({ stockIds: ['refilled-a', 'refilled-b', 'of-no-pool'] });
    return Object.fromEntries(stocks.map(({ stock, supplyLeftCount }) => [stock!.stockId, supplyLeftCount]));
  };
  expect(await left()).toEqual({ 'refilled-a': 0, 'refilled-b': 0, 'of-no-pool': undefined });
  const heard: string[] = [];
  const stop = first.bus.listen(StockReplenished, ({ data }) => heard.push(data.stockId));
  await importCodes(client(), 'refilled', fileOf(codes('REFILL', 3)));
  await eventually(() => expect([...heard].sort()).toEqual(['refilled-a', 'refilled-b']));
  await benefits.claimBenefit({ requestId: 'one', stockId: 'refilled-a', customerId: 'c-refill', decisionId: '' });
  expect(await left()).toEqual({ 'refilled-a': 2, 'refilled-b': 2, 'of-no-pool': undefined });
  stop();
});
