import type { SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { SettlementBatchPosted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { refused } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { unavailable } from '../../../testing/fake-benefits';
import { newRequestId, suspend } from '../../../testing/merchants.harness';
import { SettlementSchedule } from '../../settlement.schedule';
import { CHECKER, MAKER, startSettlement, sum, type SettlementHarness } from '../../testing/settlement.harness';

// Goal: what is prepared is paid once, by two people, whatever fails between; what is not paid is owed again.

let harness: SettlementHarness;
const posted: string[] = [];
beforeAll(async () => {
  harness = await startSettlement();
  harness.service.bus.listen(SettlementBatchPosted, ({ data }) => posted.push(data.batch!.batchId));
});
afterAll(() => harness?.stop());
afterEach(() => {
  const nothing = () => undefined;
  Object.assign(harness.benefits, { beforePost: nothing, afterPost: nothing, beforeAdjust: nothing });
});

async function prepare(date: string, count: number, merchants?: string[]) {
  harness.giveRedemptions(date, count, merchants);
  return (await harness.run(date)).batches;
}
const refusal = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);

it('releases batches as one pay-out, posts each once and tells of it', async () => {
  const batches = await prepare('2026-11-02', 30);
  const requestId = newRequestId();
  const first = await harness.release(batches, CHECKER, requestId);
  expect(first.payout).toMatchObject({
    batchCount: 6,
    amountMinor: sum(batches),
    releasedBy: 'staff-releaser',
    // The clock shows a Sunday.
    executionDate: '2026-11-23',
  });
  expect(first.batches.map(({ state, transactionId, batchId }) => [state, transactionId === `tx-${batchId}`])).toEqual(
    batches.map(() => ['released', true]),
  );
  const calls = harness.benefits.postCalls;
  expect(await harness.release(batches, CHECKER, requestId)).toEqual(first);
  expect(harness.benefits.postCalls).toBe(calls);
  expect(harness.benefits.settledIds()).toHaveLength(30);
  await eventually(() => expect([...new Set(posted)].sort()).toEqual(batches.map(({ batchId }) => batchId).sort()));
  const { payouts } = await harness.settlement().listPayouts({ pageSize: 1, pageToken: '' });
  expect(payouts).toEqual([first.payout]);
});

it('refuses the preparer, branch staff, unknown and released batches, all or none', async () => {
  const batches = await prepare('2026-11-03', 12, ['noodle-bar', 'tea-house']);
  expect(await refusal(harness.release(batches, MAKER))).toMatchObject({
    code: 'PERMISSION_DENIED',
    reason: 'RELEASER_IS_MAKER',
  });
  expect(await refusal(harness.release(batches, { id: 'x', orgPath: 'hq/east' }))).toMatchObject({
    reason: 'HEAD_OFFICE_ONLY',
  });
  expect(await refusal(harness.release([...batches, { batchId: 'none' }]))).toMatchObject({
    reason: 'BATCH_NOT_FOUND',
  });
  await suspend(harness, 'tea-house');
  expect(await refusal(harness.release(batches))).toMatchObject({ reason: 'MERCHANT_SUSPENDED' });
  expect((await harness.batchesOf('2026-11-03')).map(({ state }) => state)).toEqual(batches.map(() => 'prepared'));
  const own = batches.filter(({ merchantId }) => merchantId === 'noodle-bar');
  await harness.release(own);
  expect(await refusal(harness.release(own))).toMatchObject({ reason: 'BATCH_MOVE_NOT_ALLOWED' });
});

it('is released once when two checkers race', async () => {
  const batches = await prepare('2026-11-04', 6, ['noodle-bar']);
  const results = await Promise.allSettled([1, 2, 3, 4].map((n) => harness.release(batches, { id: `checker-${n}` })));
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const payoutIds = (await harness.batchesOf('2026-11-04')).map(({ payoutId }) => payoutId);
  expect(new Set(payoutIds).size).toBe(1);
});

it('goes on where it stopped, before or after the ledger wrote, also by itself', async () => {
  const batches = await prepare('2026-11-05', 90, ['noodle-bar', 'book-shop']);
  const requestId = newRequestId();
  const before = harness.benefits.settlements.size;
  const fail = () => {
    throw unavailable();
  };
  harness.benefits.beforePost = fail;
  expect(await refusal(harness.release(batches, CHECKER, requestId))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(harness.benefits.settlements.size).toBe(before);
  harness.benefits.beforePost = () => undefined;
  harness.benefits.afterPost = fail;
  expect(await refusal(harness.release(batches, CHECKER, requestId))).toMatchObject({ code: 'UNAVAILABLE' });
  expect(harness.benefits.settlements.size).toBeGreaterThan(before);
  const waiting = (await harness.batchesOf('2026-11-05'))[0]!;
  const { payoutId } = waiting;
  expect(await refusal(harness.settlement().getPayoutFile({ payoutId }))).toMatchObject({
    reason: 'PAYOUT_NOT_POSTED',
  });
  const early = { requestId: newRequestId(), batchId: waiting.batchId, isPaid: true, reason: '' };
  expect(await refusal(harness.settlement().recordPayment(early))).toMatchObject({ reason: 'BATCH_NOT_POSTED' });
  harness.benefits.afterPost = () => undefined;
  await harness.service.app.get(SettlementSchedule).finishPostings();
  const settled = await harness.batchesOf('2026-11-05');
  expect(settled.every(({ transactionId, batchId }) => transactionId === `tx-${batchId}`)).toBe(true);
  expect(harness.benefits.settlements.size).toBe(before + batches.length);
});

it('makes the pay-out file of what the ledger took, always the same', async () => {
  const batches = await prepare('2026-11-06', 8, ['noodle-bar', 'book-shop']);
  harness.benefits.beforePost = () => {
    harness.benefits.beforePost = () => undefined;
    throw refused('REDEMPTION_IN_OTHER_BATCH', 'It was paid before.');
  };
  const { payout, batches: released } = await harness.release(batches);
  const [rejected] = released.filter(({ state }) => state === 'rejected');
  expect(rejected).toMatchObject({ rejectReason: 'ledger: REDEMPTION_IN_OTHER_BATCH', transactionId: '' });
  const paid = released.filter(({ state }) => state === 'released');
  expect(paid).toHaveLength(batches.length - 1);
  const { payoutId } = payout!;
  const file = await harness.settlement().getPayoutFile({ payoutId });
  expect(file.fileName).toBe(`pain.001-${payoutId}.xml`);
  const xml = Buffer.from(file.content).toString('utf8');
  expect(xml).toContain(`<NbOfTxs>${paid.length}</NbOfTxs>`);
  for (const { batchId } of paid) expect(xml).toContain(`<Ustrd>${batchId}</Ustrd>`);
  expect(xml).not.toContain(`<Ustrd>${rejected!.batchId}</Ustrd>`);
  await harness.settlement().recordPayment({
    requestId: newRequestId(),
    batchId: paid[0]!.batchId,
    isPaid: true,
    reason: '',
  });
  expect((await harness.settlement().getPayoutFile({ payoutId })).content).toEqual(file.content);
  expect(await refusal(harness.settlement().getPayoutFile({ payoutId: 'none' }))).toMatchObject({
    reason: 'PAYOUT_NOT_FOUND',
  });
});

it('lets the lines of a rejected batch go into the next one', async () => {
  // What the ledger refused of the day before is prepared again as well.
  const ofNoodleBar = (batches: SettlementBatch[]) =>
    batches.filter(({ currency, merchantId }) => currency === 'EUR' && merchantId === 'noodle-bar');
  const [batch] = ofNoodleBar(await prepare('2026-11-09', 1, ['noodle-bar']));
  const reject = { requestId: newRequestId(), batchId: batch!.batchId, reason: 'the clerk is under inquiry' };
  const { batch: rejected } = await harness.settlement().rejectSettlementBatch(reject);
  expect(rejected).toMatchObject({ state: 'rejected', rejectReason: reject.reason });
  expect(await harness.settlement().rejectSettlementBatch(reject)).toEqual({ batch: rejected });
  expect(await refusal(harness.release([batch!]))).toMatchObject({ reason: 'BATCH_MOVE_NOT_ALLOWED' });
  const [next] = ofNoodleBar((await harness.run('2026-11-10')).batches);
  expect(next!.redemptionCount).toBeGreaterThanOrEqual(1);
  expect((await harness.linesOf(next!.batchId)).map(({ lineId }) => lineId)).toContain('2026-11-09-00000');
});

it('pays a returned payment with the next batch, in the ledger and in the file', async () => {
  const [batch] = (await prepare('2026-11-11', 1, ['book-shop'])).filter(
    ({ merchantId }) => merchantId === 'book-shop',
  );
  await harness.release([batch!]);
  const { batchId, amountMinor } = batch!;
  const refuse = { requestId: newRequestId(), batchId, reason: 'x' };
  expect(await refusal(harness.settlement().rejectSettlementBatch(refuse))).toMatchObject({
    reason: 'BATCH_MOVE_NOT_ALLOWED',
  });
  const record = { requestId: newRequestId(), batchId, isPaid: false, reason: 'account closed' };
  expect(await refusal(harness.settlement().recordPayment({ ...record, reason: '' }))).toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
  // The ledger is down when it is recorded: it is made good later.
  harness.benefits.beforeAdjust = () => {
    throw unavailable();
  };
  expect(await refusal(harness.settlement().recordPayment(record))).toMatchObject({ code: 'UNAVAILABLE' });
  harness.benefits.beforeAdjust = () => undefined;
  const { batch: returned } = await harness.settlement().recordPayment(record);
  expect(returned).toMatchObject({ state: 'rejected', rejectReason: 'account closed' });
  await harness.service.app.get(SettlementSchedule).finishPostings();
  expect(harness.benefits.adjustments.get(`returned.${batchId}`)).toMatchObject({
    kind: 'returned_payment',
    amountMinor,
    merchantId: 'book-shop',
  });
  expect(
    await refusal(harness.settlement().recordPayment({ ...record, requestId: newRequestId(), isPaid: true })),
  ).toMatchObject({
    reason: 'BATCH_MOVE_NOT_ALLOWED',
  });
  harness.clock.advance(24 * 3_600_000);
  const [next] = (await harness.run('2026-11-20')).batches.filter(({ merchantId }) => merchantId === 'book-shop');
  expect(next).toMatchObject({ amountMinor, redemptionCount: 0, correctionCount: 1 });
  // Who recorded the return is a maker of it.
  expect(await refusal(harness.release([next!]))).toMatchObject({ reason: 'RELEASER_IS_MAKER' });
  const { batches } = await harness.release([next!], { id: 'third-person' });
  expect(batches[0]).toMatchObject({ state: 'released', transactionId: `tx-${next!.batchId}` });
  const { adjustmentIds } = harness.benefits.settlements.get(next!.batchId)!;
  expect(adjustmentIds).toEqual([`returned.${batchId}`]);
});

it('makes no file of a pay-out of which the ledger took nothing', async () => {
  const batches = (await prepare('2026-11-12', 1, ['noodle-bar'])).filter(
    ({ merchantId }) => merchantId === 'noodle-bar',
  );
  harness.benefits.beforePost = () => {
    throw refused('REDEMPTION_IN_OTHER_BATCH', 'It was paid before.');
  };
  const { payout, batches: released } = await harness.release(batches, { id: 'third-person' });
  expect(released.map(({ state }) => state)).toEqual(batches.map(() => 'rejected'));
  expect(await refusal(harness.settlement().getPayoutFile({ payoutId: payout!.payoutId }))).toMatchObject({
    reason: 'PAYOUT_EMPTY',
  });
});
