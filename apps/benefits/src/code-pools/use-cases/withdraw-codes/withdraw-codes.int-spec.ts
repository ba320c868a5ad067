import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { aStock } from '../../../testing/stock.factory';
import { tally } from '../../../testing/wallet.fixture';
import { importCodes, putPool } from '../../testing/code-pools.fixture';

// Goal: a code that was withdrawn is never given, one that was given stays with its benefit, and no code is both.

const PATIENT = { deadlineMs: 60_000 };
let first: TestService;
let second: TestService;
const pools = (replica = first) => replica.client(CodePoolsServiceService);
const fileOf = (prefix: string, count: number): string =>
  ['code', ...Array.from({ length: count }, (_, index) => `${prefix}-${index}`)].join('\n');

beforeAll(async () => {
  const clock = new FakeClock();
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

/** A pool, and a stock of the same name whose claims take its codes. */
async function openPool(poolId: string, alarmBelowCount = 0): Promise<void> {
  await putPool(pools(), poolId, { alarmBelowCount });
  const terms = { kind: 'third_party_code' as const, poolId, isTransferable: false, totalLimit: 10_000 };
  const stock = { ...aStock({ stockId: poolId, perCustomerLimit: 0, ...terms }), claimedCount: 0 };
  await first.client(BenefitsServiceService).createStock({ requestId: poolId, stock });
}
const claim = async (stockId: string, name: string, replica = first): Promise<string> => {
  const request = { requestId: `${stockId}-${name}`, stockId, customerId: `c-${name}`, decisionId: '' };
  return (await replica.client(BenefitsServiceService).claimBenefit(request, PATIENT)).instance!.instanceId;
};
/** The code of a benefit, as its holder sees it. */
const codeOf = async (instanceId: string, name: string): Promise<string> => {
  const customerId = `c-${name}`;
  const holder = first.client(CodePoolsServiceService, { id: customerId, kind: 'customer' });
  return (await holder.showCode({ instanceId, customerId })).code;
};
const withdraw = (poolId: string, importId = '', requestId = `withdraw-${poolId}-${importId}`, reason = '') =>
  pools().withdrawCodes({ requestId, poolId, importId, reason }, PATIENT);
const countsOf = async (poolId: string) => {
  const { importedCount, assignedCount, withdrawnCount, availableCount } = (await pools().getCodePool({ poolId }))
    .pool!;
  return [importedCount, assignedCount, withdrawnCount, availableCount];
};
const left = async (stockId: string) => {
  const { stocks } = await first.client(BenefitsServiceService).getStocks({ stockIds: [stockId] });
  return stocks[0]?.supplyLeftCount;
};

it('withdraws the codes of one import that are not given, once, and gives those of the others', async () => {
  await openPool('wrong-file');
  await importCodes(pools(), 'wrong-file', fileOf('A', 2));
  const wrong = await importCodes(pools(), 'wrong-file', fileOf('B', 700));
  await importCodes(pools(), 'wrong-file', fileOf('C', 2));
  const given = [await claim('wrong-file', '0'), await claim('wrong-file', '1'), await claim('wrong-file', '2')];

  const answer = await withdraw('wrong-file', wrong.importId);
  expect(answer).toMatchObject({ withdrawnCount: 699, pool: { poolId: 'wrong-file', availableCount: 2 } });
  expect(await withdraw('wrong-file', wrong.importId)).toEqual(answer);
  expect(await withdraw('wrong-file', wrong.importId, 'another')).toMatchObject({ withdrawnCount: 0 });
  expect(await countsOf('wrong-file')).toEqual([704, 3, 699, 2]);
  expect(await left('wrong-file')).toBe(2);

  expect(await codeOf(given[2]!, '2')).toBe('B-0');
  expect(await codeOf(await claim('wrong-file', '3'), '3')).toBe('C-0');
  expect(await codeOf(await claim('wrong-file', '4'), '4')).toBe('C-1');
  await expect(claim('wrong-file', '5')).rejects.toMatchObject({ reason: 'CODE_POOL_EMPTY' });
  // What comes in now is given; what was withdrawn does not come in again.
  const again = await importCodes(pools(), 'wrong-file', ['code', 'B-1', 'D-0'].join('\n'));
  expect(again).toMatchObject({ importedCount: 1, duplicateCount: 1 });
  expect(await codeOf(await claim('wrong-file', '6'), '6')).toBe('D-0');
});

it('withdraws all of a pool that are not given, and raises its alarm', async () => {
  await openPool('partner-gone', 5);
  await importCodes(pools(), 'partner-gone', fileOf('P', 20));
  await importCodes(pools(), 'partner-gone', fileOf('Q', 20));
  const kept = await claim('partner-gone', 'kept');
  expect(await withdraw('partner-gone')).toMatchObject({ withdrawnCount: 39, pool: { availableCount: 0 } });
  expect(await left('partner-gone')).toBe(0);
  await expect(claim('partner-gone', 'late')).rejects.toMatchObject({ reason: 'CODE_POOL_EMPTY' });
  expect(await codeOf(kept, 'kept')).toBe('P-0');
  const { alarms } = await pools().listCodePoolAlarms({ poolId: 'partner-gone', pageSize: 0, pageToken: '' });
  expect(alarms).toMatchObject([{ kind: 'empty', availableCount: 0 }]);
});

it('keeps who withdrew what, when and why, once for each request, and pages it', async () => {
  await openPool('kept');
  const { importId } = await importCodes(pools(), 'kept', fileOf('K', 3));
  const clerk = first.client(CodePoolsServiceService, { id: 'clerk-7', kind: 'staff', orgPath: 'hq' });
  const wrong = { requestId: 'kept-1', poolId: 'kept', importId, reason: 'the wrong file' };
  await clerk.withdrawCodes(wrong);
  await clerk.withdrawCodes(wrong);
  await expect(clerk.withdrawCodes({ ...wrong, reason: 'another' })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
  await withdraw('kept', '', 'kept-2');
  const page = (pageToken = '') => pools().listCodeWithdrawals({ poolId: 'kept', pageSize: 1, pageToken });
  const newest = await page();
  expect(newest.withdrawals).toMatchObject([{ poolId: 'kept', importId: '', withdrawnCount: 0, reason: '' }]);
  const older = await page(newest.nextPageToken);
  expect(older.withdrawals).toEqual([
    {
      withdrawalId: expect.any(String),
      poolId: 'kept',
      importId,
      withdrawnCount: 3,
      actorId: 'clerk-7',
      reason: 'the wrong file',
      withdrawnAt: expect.any(Date),
    },
  ]);
  expect((await page(older.nextPageToken)).withdrawals).toEqual([]);
  await expect(withdraw('kept', '', 'kept-3', 'x'.repeat(201))).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});

it('either gives a code or withdraws it when claims over two replicas and withdrawals come at once', async () => {
  await openPool('at-once');
  const imports = [];
  for (const prefix of ['X', 'Y', 'Z']) imports.push(await importCodes(pools(), 'at-once', fileOf(prefix, 40)));
  const names = Array.from({ length: 100 }, (_, index) => String(index));
  const given = new Map<string, string>();
  const claims = names.map(async (name, index) => {
    const instanceId = await claim('at-once', name, index % 2 === 0 ? first : second);
    given.set(name, instanceId);
  });
  const withdrawals = [imports[1]!.importId, imports[2]!.importId].map((importId) => withdraw('at-once', importId));
  const [told, answers] = await Promise.all([tally(claims), Promise.all(withdrawals)]);
  const withdrawnCount = answers.reduce((sum, answer) => sum + answer.withdrawnCount, 0);
  expect((told['done'] ?? 0) + (told['CODE_POOL_EMPTY'] ?? 0)).toBe(100);
  // All of the first import can be given; of the others, what was not withdrawn before its turn.
  expect(told['done']).toBeGreaterThanOrEqual(40);
  expect(await countsOf('at-once')).toEqual([120, told['done'], withdrawnCount, 120 - told['done']! - withdrawnCount]);
  const codes = await Promise.all([...given].map(([name, instanceId]) => codeOf(instanceId, name)));
  expect(new Set(codes).size).toBe(told['done']);
  // Nothing of the two is left: the next is of what comes in now.
  await withdraw('at-once', imports[0]!.importId);
  await importCodes(pools(), 'at-once', fileOf('NEW', 1));
  expect(await codeOf(await claim('at-once', 'next'), 'next')).toBe('NEW-0');
});

it('withdraws the codes of imports of before their places were kept, from pools that knew no withdrawals', async () => {
  await openPool('earlier');
  const [early, late] = [
    await importCodes(pools(), 'earlier', fileOf('E', 600)),
    await importCodes(pools(), 'earlier', fileOf('L', 600)),
  ];
  const unset = { $unset: { ranges: '' } };
  const stored = await first.mongo.connection.collection('code_imports').updateMany({ poolId: 'earlier' }, unset);
  expect(stored.modifiedCount).toBe(2);
  await claim('earlier', '0');
  expect(await withdraw('earlier', late.importId)).toMatchObject({ withdrawnCount: 600 });
  expect(await withdraw('earlier', early.importId)).toMatchObject({ withdrawnCount: 599, pool: { availableCount: 0 } });
});

it('refuses an import that is not over, that is of another pool, and staff of another organisation', async () => {
  await putPool(pools(), 'own', { orgPath: 'hq/east' });
  await openPool('other');
  const start = {
    requestId: 'open',
    poolId: 'own',
    fileName: 'codes.csv',
    delimiter: '',
    codeColumn: '',
    secretColumn: '',
  };
  const { importId } = (await pools().startCodeImport(start)).import!;
  await expect(withdraw('own', importId)).rejects.toMatchObject({ reason: 'IMPORT_NOT_FINISHED' });
  await expect(withdraw('other', importId)).rejects.toMatchObject({ reason: 'IMPORT_NOT_FOUND' });
  await expect(withdraw('nowhere')).rejects.toMatchObject({ reason: 'POOL_NOT_FOUND' });
  const west = first.client(CodePoolsServiceService, { orgPath: 'hq/west' });
  const request = { requestId: 'grab', poolId: 'own', importId: '', reason: '' };
  await expect(west.withdrawCodes(request)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  const list = { poolId: 'own', pageSize: 0, pageToken: '' };
  await expect(west.listCodeWithdrawals(list)).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await pools().cancelCodeImport({ importId });
  expect(await withdraw('own', importId)).toMatchObject({ withdrawnCount: 0 });
});
