import { MerchantsServiceService, type SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { refused } from '@tidegate/errors';
import { eventually, type TestService } from '@tidegate/testing';
import { MerchantsSchedule } from '../../merchants.schedule';
import { asMessage, unavailable } from '../../testing/fake-benefits';
import { aMerchant, aRedemption } from '../../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../testing/merchants.harness';

// Goal: every redemption of a day is settled exactly once, whatever fails, repeats or runs at the same time.

let harness: MerchantsHarness;
const posted: SettlementBatch[] = [];
const replicas: TestService[] = [];
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  const teaHouse = aMerchant({ merchantId: 'tea-house', orgPath: 'hq/west' });
  await harness.client().putMerchant({ requestId: newRequestId(), merchant: teaHouse });
  harness.service.bus.listen(SettlementBatchPosted, ({ data }) => posted.push(data.batch!));
});
afterAll(async () => {
  for (const replica of replicas) await replica.stop();
  await harness?.stop();
});
afterEach(() => {
  const nothing = () => undefined;
  Object.assign(harness.benefits, { beforeList: nothing, beforePost: nothing, afterPost: nothing, pageSizeMax: 1_000 });
});

/** Redemptions of a day of their own, spread over merchants and two currencies, from the day's first to its last instant. */
function giveRedemptions(date: string, count: number, merchants = ['noodle-bar', 'tea-house', 'book-shop']) {
  const start = Date.parse(`${date}T00:00:00+08:00`);
  const redemptions = Array.from({ length: count }, (_, index) =>
    asMessage(
      aRedemption({
        redemptionId: `${date}-${String(index).padStart(5, '0')}`,
        merchantId: merchants[index % merchants.length]!,
        currency: index % 7 === 0 ? 'EUR' : 'CNY',
        amountMinor: 100 + index,
        redeemedAt: new Date(index === count - 1 ? start + 86_399_999 : start + index),
      }),
    ),
  );
  harness.benefits.redemptions.push(...redemptions);
  return redemptions;
}
const run = (businessDate: string, overrides = {}) =>
  harness.client().runSettlement({ requestId: newRequestId(), businessDate, isForced: false, ...overrides });
const sum = (items: { amountMinor: number }[]) => items.reduce((total, { amountMinor }) => total + amountMinor, 0);

/** What must hold of a settled day, however it came about. */
async function expectSettled(
  date: string,
  redemptions: ReturnType<typeof giveRedemptions>,
  batches: SettlementBatch[],
) {
  expect(
    batches.every(({ state, transactionId, batchId }) => state === 'posted' && transactionId === `tx-${batchId}`),
  ).toBe(true);
  expect(sum(batches)).toBe(sum(redemptions));
  const settled = harness.benefits.settledIds().filter((id) => id.startsWith(date));
  expect(settled.sort()).toEqual(redemptions.map(({ redemptionId }) => redemptionId).sort());
  for (const batch of batches) {
    expect(sum(batch.shares)).toBe(batch.amountMinor);
    const lines = await linesOf(batch.batchId);
    expect(lines).toHaveLength(batch.redemptionCount);
    expect(sum(lines)).toBe(batch.amountMinor);
  }
  await eventually(() => {
    const told = posted.filter(({ businessDate }) => businessDate === date).map(({ batchId }) => batchId);
    expect(told.sort()).toEqual(batches.map(({ batchId }) => batchId).sort());
  });
}

async function linesOf(batchId: string) {
  const lines = [];
  let pageToken = '';
  do {
    const page = await harness.client().getStatement({ batchId, pageSize: 150, pageToken });
    lines.push(...page.lines);
    pageToken = page.nextPageToken;
  } while (pageToken);
  return lines;
}

it('settles a day of several pages to the minor unit, with a statement', async () => {
  const redemptions = giveRedemptions('2026-11-01', 2_300);
  const { batches } = await run('2026-11-01');
  expect(batches).toHaveLength(6);
  await expectSettled('2026-11-01', redemptions, batches);
  const first = batches.find(({ batchId }) => batchId === '2026-11-01.noodle-bar.CNY.1')!;
  const [line] = await linesOf(first.batchId);
  expect(line).toMatchObject({
    redemptionId: '2026-11-01-00003',
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
    amountMinor: 103,
  });
  expect(line?.shares.map(({ funder, amountMinor }) => [funder, amountMinor])).toEqual([
    ['bank', 61],
    ['merchant', 42],
  ]);
});

it('changes nothing when it is repeated, and puts late redemptions in a supplementary batch', async () => {
  const redemptions = giveRedemptions('2026-11-02', 40);
  const request = { requestId: newRequestId(), businessDate: '2026-11-02', isForced: false };
  const { batches } = await harness.client().runSettlement(request);
  const calls = harness.benefits.postCalls;
  expect((await harness.client().runSettlement(request)).batches).toEqual(batches);
  expect((await run('2026-11-02')).batches).toEqual(batches);
  expect(harness.benefits.postCalls).toBe(calls);
  await expect(run('2026-11-03', { requestId: request.requestId })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });

  const late = asMessage(
    aRedemption({ redemptionId: '2026-11-02-late', redeemedAt: new Date('2026-11-02T03:00:00Z') }),
  );
  harness.benefits.redemptions.push(late);
  const again = (await run('2026-11-02')).batches;
  expect(again.filter(({ batchId }) => !batches.some((batch) => batch.batchId === batchId))).toEqual([
    expect.objectContaining({ batchId: '2026-11-02.noodle-bar.CNY.2', redemptionCount: 1, amountMinor: 1_000 }),
  ]);
  await expectSettled('2026-11-02', [...redemptions, late], again);
});

it('goes on where it stopped, whichever step failed', async () => {
  const redemptions = giveRedemptions('2026-11-04', 90);
  harness.benefits.pageSizeMax = 30;
  /** One run that fails from the given call on: the client asks an unreachable peer again, so one failure is not enough. */
  const runFailing = async (step: 'beforeList' | 'beforePost' | 'afterPost', fromCall: number) => {
    let calls = 0;
    harness.benefits[step] = () => {
      calls += 1;
      if (calls >= fromCall) throw unavailable();
    };
    await expect(run('2026-11-04')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    harness.benefits[step] = () => undefined;
    return harness.benefits.settlements.size - before;
  };
  const before = harness.benefits.settlements.size;
  // Between two pages; before the first posting; in the middle of posting; after the ledger was written but not answered.
  expect(await runFailing('beforeList', 2)).toBe(0);
  expect(await runFailing('beforePost', 1)).toBe(0);
  expect(await runFailing('beforePost', 3)).toBe(2);
  expect(await runFailing('afterPost', 1)).toBe(3);

  const { batches } = await run('2026-11-04');
  await expectSettled('2026-11-04', redemptions, batches);
});

it('builds one set of batches when runs on two replicas race', async () => {
  const redemptions = giveRedemptions('2026-11-05', 600);
  harness.benefits.pageSizeMax = 50;
  const replica = await harness.startReplica();
  replicas.push(replica);
  const clients = [harness.client(), replica.client(MerchantsServiceService)];
  await Promise.all(
    [0, 1, 0, 1].map((index) =>
      clients[index]!.runSettlement({ requestId: newRequestId(), businessDate: '2026-11-05', isForced: false }),
    ),
  );
  const { batches } = await run('2026-11-05');
  expect(batches).toHaveLength(6);
  await expectSettled('2026-11-05', redemptions, batches);
});

it('posts the other batches when the ledger refuses one', async () => {
  giveRedemptions('2026-11-06', 12, ['noodle-bar', 'tea-house']);
  harness.benefits.beforePost = (call) => {
    if (call === firstCall + 1) throw refused('SETTLEMENT_AMOUNT_MISMATCH', 'The amounts differ.');
  };
  const firstCall = harness.benefits.postCalls;
  await expect(run('2026-11-06')).rejects.toMatchObject({ reason: 'SETTLEMENT_AMOUNT_MISMATCH' });
  const { batches } = await harness
    .client()
    .listSettlementBatches({ merchantId: '', businessDate: '2026-11-06', pageSize: 0, pageToken: '' });
  expect(batches.map(({ state }) => state).sort()).toEqual(['building', 'posted', 'posted', 'posted']);
});

it('waits for the end of the day unless it is forced', async () => {
  const redemptions = giveRedemptions('2026-11-22', 5);
  await expect(run('2026-11-22')).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'BUSINESS_DAY_OPEN' });
  const { batches } = await run('2026-11-22', { isForced: true });
  await expectSettled('2026-11-22', redemptions, batches);
  await expect(run('2026-02-30')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await expect(
    harness
      .client({ kind: 'staff', orgPath: 'hq/east' })
      .runSettlement({ requestId: 'r', businessDate: '2026-11-01', isForced: false }),
  ).rejects.toMatchObject({ code: 'PERMISSION_DENIED', reason: 'HEAD_OFFICE_ONLY' });
});

it('shows each actor his own batches, newest first', async () => {
  const list = async (actor: Parameters<typeof harness.client>[0], overrides = {}) => {
    const request = { merchantId: '', businessDate: '', pageSize: 3, pageToken: '', ...overrides };
    const first = await harness.client(actor).listSettlementBatches(request);
    const rest = first.nextPageToken
      ? await harness.client(actor).listSettlementBatches({ ...request, pageSize: 100, pageToken: first.nextPageToken })
      : { batches: [] };
    return [...first.batches, ...rest.batches];
  };
  const all = await list(undefined);
  expect(new Set(all.map(({ batchId }) => batchId)).size).toBe(all.length);
  expect(all.map(({ createdAt }) => createdAt!.getTime())).toEqual(
    [...all.map(({ createdAt }) => createdAt!.getTime())].sort((a, b) => b - a),
  );
  const own = await list({ kind: 'merchant', id: 'noodle-bar' });
  expect(own).toEqual(all.filter(({ merchantId }) => merchantId === 'noodle-bar'));
  expect(await list({ kind: 'staff', orgPath: 'hq/east' })).toEqual(own);
  const west = all.filter(({ merchantId }) => merchantId === 'tea-house');
  expect(west.length).toBeGreaterThan(0);
  expect(await list({ kind: 'staff', orgPath: 'hq/west' })).toEqual(west);
  const noodleBar = harness.client({ kind: 'merchant', id: 'noodle-bar' });
  await expect(list({ kind: 'merchant', id: 'tea-house' }, { merchantId: 'noodle-bar' })).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  const foreign = { batchId: '2026-11-01.tea-house.CNY.1', pageSize: 0, pageToken: '' };
  await expect(noodleBar.getStatement(foreign)).rejects.toMatchObject({ reason: 'MERCHANT_OUT_OF_SCOPE' });
  await expect(noodleBar.getStatement({ ...foreign, batchId: 'none' })).rejects.toMatchObject({
    reason: 'BATCH_NOT_FOUND',
  });
});

it('settles finished days by itself, once', async () => {
  const redemptions = giveRedemptions('2026-11-19', 9);
  const schedule = harness.service.app.get(MerchantsSchedule);
  await schedule.settleFinishedDays();
  const listed = { merchantId: '', businessDate: '2026-11-19', pageSize: 0, pageToken: '' };
  const { batches } = await harness.client().listSettlementBatches(listed);
  await expectSettled('2026-11-19', redemptions, batches);
  const calls = harness.benefits.listCalls;
  await schedule.settleFinishedDays();
  expect(harness.benefits.listCalls).toBe(calls);
});
