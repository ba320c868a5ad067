import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { MerchantsServiceService, type SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { eventually, type TestService } from '@tidegate/testing';
import { asMessage, unavailable } from '../../../testing/fake-benefits';
import { aRedemption } from '../../../testing/merchants.factory';
import { newRequestId } from '../../../testing/merchants.harness';
import { BANK_TIME } from '../../bank-time';
import { DAY_GRACE_MS, type BankTime } from '../../domain/business-day';
import { SettlementSchedule } from '../../settlement.schedule';
import { startSettlement, sum, type SettlementHarness } from '../../testing/settlement.harness';

// Goal: everything of a business day is in exactly one batch, whatever fails, repeats or runs at the same time.

let harness: SettlementHarness;
const replicas: TestService[] = [];
beforeAll(async () => {
  harness = await startSettlement();
});
afterAll(async () => {
  for (const replica of replicas) await replica.stop();
  await harness?.stop();
});
afterEach(() => {
  Object.assign(harness.benefits, { beforeList: () => undefined, pageSizeMax: 1_000 });
});

/** What must hold of a prepared day, however it came about. */
async function expectPrepared(
  redemptions: { redemptionId: string; amountMinor: number }[],
  batches: SettlementBatch[],
) {
  expect(batches.map(({ state }) => state)).toEqual(batches.map(() => 'prepared'));
  expect(sum(batches)).toBe(sum(redemptions));
  const ids: string[] = [];
  for (const batch of batches) {
    expect(sum(batch.shares)).toBe(batch.amountMinor);
    const lines = await harness.linesOf(batch.batchId);
    expect(lines).toHaveLength(batch.redemptionCount);
    expect(sum(lines)).toBe(batch.amountMinor);
    ids.push(...lines.map(({ redemptionId }) => redemptionId));
  }
  expect(ids.sort()).toEqual(redemptions.map(({ redemptionId }) => redemptionId).sort());
}

it('prepares a day of several pages to the minor unit, with a statement', async () => {
  const redemptions = harness.giveRedemptions('2026-11-02', 2_300);
  const { batches } = await harness.run('2026-11-02');
  expect(batches).toHaveLength(6);
  await expectPrepared(redemptions, batches);
  expect(batches[0]).toMatchObject({ makerIds: ['staff-preparer'], releasedBy: '', transactionId: '', payoutId: '' });
  const [line] = await harness.linesOf('2026-11-02.noodle-bar.CNY.1');
  expect(line).toMatchObject({
    lineId: '2026-11-02-00003',
    kind: 'redemption',
    redemptionId: '2026-11-02-00003',
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
  const redemptions = harness.giveRedemptions('2026-11-03', 40);
  const request = { requestId: newRequestId(), businessDate: '2026-11-03', isForced: false };
  const { batches } = await harness.run('2026-11-03', request);
  expect((await harness.run('2026-11-03', request)).batches).toEqual(batches);
  expect((await harness.run('2026-11-03')).batches).toEqual(batches);
  await expect(harness.run('2026-11-04', { requestId: request.requestId })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
  const late = asMessage(
    aRedemption({ redemptionId: '2026-11-03-late', redeemedAt: new Date('2026-11-03T03:00:00Z') }),
  );
  harness.benefits.redemptions.push(late);
  const again = (await harness.run('2026-11-03')).batches;
  expect(again.filter(({ batchId }) => !batches.some((batch) => batch.batchId === batchId))).toEqual([
    expect.objectContaining({ batchId: '2026-11-03.noodle-bar.CNY.2', redemptionCount: 1, amountMinor: 1_000 }),
  ]);
  await expectPrepared([...redemptions, late], again);
});

it('takes a weekend into the Friday, and refuses to settle it by itself', async () => {
  const friday = harness.giveRedemptions('2026-11-13', 3, ['noodle-bar']);
  const sunday = asMessage(
    aRedemption({ redemptionId: 'sunday', redeemedAt: new Date('2026-11-15T15:59:59Z'), amountMinor: 70 }),
  );
  harness.benefits.redemptions.push(sunday);
  await expect(harness.run('2026-11-14')).rejects.toMatchObject({
    reason: 'NOT_A_BUSINESS_DAY',
    metadata: { businessDate: '2026-11-13' },
  });
  await expectPrepared([...friday, sunday], (await harness.run('2026-11-13')).batches);
  expect(await harness.settlement().getBusinessDay({ date: '2026-11-15' })).toEqual({
    businessDate: '2026-11-13',
    from: new Date('2026-11-12T16:00:00Z'),
    to: new Date('2026-11-15T16:00:00Z'),
    isCalendarKnown: true,
  });
});

it('goes on where it stopped between two pages', async () => {
  const redemptions = harness.giveRedemptions('2026-11-05', 90);
  harness.benefits.pageSizeMax = 30;
  harness.benefits.beforeList = () => {
    if ((calls += 1) >= 2) throw unavailable();
  };
  let calls = 0;
  await expect(harness.run('2026-11-05')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  harness.benefits.beforeList = () => undefined;
  await expectPrepared(redemptions, (await harness.run('2026-11-05')).batches);
});

it('builds one set of batches when runs on two replicas race', async () => {
  const redemptions = harness.giveRedemptions('2026-11-06', 600);
  harness.benefits.pageSizeMax = 50;
  const replica = await harness.startReplica();
  replicas.push(replica);
  const clients = [harness.client(), replica.client(MerchantsServiceService)];
  await Promise.all(
    [0, 1, 0, 1].map((index) =>
      clients[index]!.runSettlement({ requestId: newRequestId(), businessDate: '2026-11-06', isForced: false }),
    ),
  );
  const { batches } = await harness.run('2026-11-06');
  expect(batches).toHaveLength(6);
  await expectPrepared(redemptions, batches);
});

it('takes a late reversal off the next batch, once, and lets it wait while nothing is owed', async () => {
  const [redemption] = harness.giveRedemptions('2026-11-09', 1, ['noodle-bar']);
  await harness.run('2026-11-09');
  const reversal = {
    redemptionId: redemption!.redemptionId,
    saleId: redemption!.saleId,
    reversalId: 'v-1',
    merchantId: 'noodle-bar',
    amountMinor: 100,
    currency: 'EUR',
    shares: redemption!.shares,
    reversedAt: new Date('2026-11-10T02:00:00Z'),
    storeId: 'noodle-bar-1',
    clerkId: 'li-wei',
    reason: 'wrong till',
  };
  await harness.service.publish(BenefitReversed, 'i-1', [{ reversal }, { reversal }], 'told-once');
  await harness.service.publish(BenefitReversed, 'i-1', [{ reversal }], 'told-again');
  await eventually(async () => {
    const waiting = harness.service.mongo.connection.collection('statement_lines');
    expect(await waiting.countDocuments({ batchId: '', kind: 'reversal' })).toBe(1);
  });
  // Nothing else of this currency on the next day: it would come to less than nothing.
  expect((await harness.run('2026-11-10')).batches).toEqual([]);
  const [next] = harness.giveRedemptions('2026-11-11', 1, ['noodle-bar']);
  next!.amountMinor = 350;
  next!.shares = [{ funder: 'bank', partyId: 'hq', amountMinor: 350 }];
  const { batches } = await harness.run('2026-11-11');
  expect(batches).toEqual([
    expect.objectContaining({ redemptionCount: 1, correctionCount: 1, amountMinor: 250, currency: 'EUR' }),
  ]);
  const lines = await harness.linesOf(batches[0]!.batchId);
  expect(lines.map(({ lineId, kind, redemptionId, amountMinor }) => [lineId, kind, redemptionId, amountMinor])).toEqual(
    [
      ['2026-11-11-00000', 'redemption', '2026-11-11-00000', 350],
      ['reversal.v-1', 'reversal', '2026-11-09-00000', -100],
    ],
  );
});

it('waits for the end of the business day unless it is forced, and is for the head office', async () => {
  const redemptions = harness.giveRedemptions('2026-11-20', 5);
  await expect(harness.run('2026-11-20')).rejects.toMatchObject({ reason: 'BUSINESS_DAY_OPEN' });
  await expectPrepared(redemptions, (await harness.run('2026-11-20', { isForced: true })).batches);
  await expect(harness.run('2026-02-30')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await expect(
    harness
      .client({ kind: 'staff', orgPath: 'hq/east' })
      .runSettlement({ requestId: 'r', businessDate: '2026-11-02', isForced: false }),
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
  const times = all.map(({ createdAt }) => createdAt!.getTime());
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const own = await list({ kind: 'merchant', id: 'tea-house' });
  expect(own.length).toBeGreaterThan(0);
  expect(own).toEqual(all.filter(({ merchantId }) => merchantId === 'tea-house'));
  expect(await list({ kind: 'staff', orgPath: 'hq/west' })).toEqual(own);
  const noodleBar = harness.client({ kind: 'merchant', id: 'noodle-bar' });
  await expect(list({ kind: 'merchant', id: 'tea-house' }, { merchantId: 'noodle-bar' })).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  const foreign = { batchId: own[0]!.batchId, pageSize: 0, pageToken: '' };
  // Ids can be guessed: the answer does not tell which there are.
  for (const batchId of [foreign.batchId, 'none']) {
    const answer = noodleBar.getStatement({ ...foreign, batchId });
    await expect(answer).rejects.toMatchObject({ reason: 'BATCH_NOT_FOUND' });
  }
});

it('prepares finished days by itself, once', async () => {
  const redemptions = harness.giveRedemptions('2026-11-19', 9);
  const schedule = harness.service.app.get(SettlementSchedule);
  await schedule.settleFinishedDays();
  await expectPrepared(redemptions, await harness.batchesOf('2026-11-19'));
  const calls = harness.benefits.listCalls;
  await schedule.settleFinishedDays();
  expect(harness.benefits.listCalls).toBe(calls);
});

it('takes what the wallet books by a clock that is two minutes behind, though the day was settled as soon as it was over', async () => {
  const redemptions = harness.giveRedemptions('2026-11-23', 2, ['noodle-bar']);
  const end = Date.parse('2026-11-23T16:00:00Z');
  harness.clock.set(new Date(end));
  await expectPrepared(redemptions, (await harness.run('2026-11-23')).batches);
  const late = asMessage(aRedemption({ redemptionId: '2026-11-23-late', redeemedAt: new Date(end - 1_000) }));
  harness.benefits.redemptions.push(late);
  harness.clock.set(new Date(end + DAY_GRACE_MS));
  await harness.service.app.get(SettlementSchedule).settleFinishedDays();
  await expectPrepared([...redemptions, late], await harness.batchesOf('2026-11-23'));
});

it('takes into a day that was settled what a date adds that is closed only afterwards', async () => {
  const wednesday = harness.giveRedemptions('2026-11-25', 3, ['noodle-bar']);
  const schedule = harness.service.app.get(SettlementSchedule);
  harness.clock.set(new Date(Date.parse('2026-11-25T16:00:00Z') + DAY_GRACE_MS));
  await schedule.settleFinishedDays();
  await expectPrepared(wednesday, await harness.batchesOf('2026-11-25'));
  const bank = harness.service.app.get<BankTime>(BANK_TIME);
  const { calendar } = bank;
  const isWorkingDay = (date: string): boolean => date !== '2026-11-26' && calendar.isWorkingDay(date);
  bank.calendar = { ...calendar, isWorkingDay };
  try {
    const closed = harness.giveRedemptions('2026-11-26', 2, ['noodle-bar']);
    harness.clock.set(new Date(Date.parse('2026-11-26T16:00:00Z') + DAY_GRACE_MS));
    await schedule.settleFinishedDays();
    await expectPrepared([...wednesday, ...closed], await harness.batchesOf('2026-11-25'));
    const calls = harness.benefits.listCalls;
    await schedule.settleFinishedDays();
    expect(harness.benefits.listCalls).toBe(calls);
  } finally {
    bank.calendar = calendar;
  }
});

it('settles all but the merchant of a redemption whose shares do not add up, and him the next day, each line once', async () => {
  const given = harness.giveRedemptions('2026-11-16', 60);
  const broken = given.find(({ merchantId, currency }) => merchantId === 'noodle-bar' && currency === 'CNY')!;
  const { shares } = broken;
  broken.shares = shares.slice(0, 1);
  const isHis = ({ merchantId }: { merchantId: string }): boolean => merchantId === 'noodle-bar';
  const [his, others] = [given.filter((each) => isHis(each) && each !== broken), given.filter((each) => !isHis(each))];
  const waiting = async () =>
    (await harness.settlement().listWaitingLines({ merchantId: 'noodle-bar', pageSize: 0, pageToken: '' })).lines;
  const findings = async (state = '') =>
    (await harness.settlement().listSettlementFindings({ merchantId: '', state, pageSize: 0, pageToken: '' })).findings;
  for (const _again of [1, 2]) {
    await expectPrepared(others, (await harness.run('2026-11-16')).batches);
    expect((await waiting()).map(({ redemptionId }) => redemptionId)).toEqual(his.map((each) => each.redemptionId));
  }
  expect(await findings('open')).toMatchObject([
    {
      ...{ redemptionId: broken.redemptionId, merchantId: 'noodle-bar', businessDate: '2026-11-16' },
      ...{ reason: 'REDEMPTION_UNBALANCED', amountMinor: broken.amountMinor, shares: broken.shares },
    },
  ]);
  await expectPrepared(his, (await harness.run('2026-11-17')).batches);
  expect(await findings('settled')).toEqual([]);

  broken.shares = shares;
  for (const _again of [1, 2]) {
    await expectPrepared([broken], (await harness.run('2026-11-18')).batches);
    await expectPrepared(others, (await harness.run('2026-11-16')).batches);
  }
  expect(await findings()).toMatchObject([{ state: 'settled', settledAt: harness.clock.now() }]);
  expect(await waiting()).toEqual([]);
  const west = harness.settlement({ orgPath: 'hq/west' });
  const seen = await west.listSettlementFindings({ merchantId: '', state: '', pageSize: 0, pageToken: '' });
  expect(seen.findings).toEqual([]);
});
