import { unavailable } from '../../../testing/fake-benefits';
import { aMerchant } from '../../../testing/merchants.factory';
import { newRequestId, onboard, suspend } from '../../../testing/merchants.harness';
import { startSettlement, type SettlementHarness } from '../../testing/settlement.harness';

// Goal: a payment that comes back after it was recorded as paid is owed again, once, and is paid to the account that holds then.

let harness: SettlementHarness;
beforeAll(async () => {
  harness = await startSettlement();
});
afterAll(() => harness?.stop());
afterEach(() => {
  harness.benefits.beforeAdjust = () => undefined;
});

const DAY_MS = 86_400_000;
const refusal = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
const notAllowed = { reason: 'BATCH_MOVE_NOT_ALLOWED' };

async function released(date: string) {
  harness.giveRedemptions(date, 1, ['noodle-bar']);
  const batches = (await harness.run(date)).batches.filter(({ merchantId }) => merchantId === 'noodle-bar');
  const { payout } = await harness.release(batches, { id: 'third-person' });
  const payment = (isPaid: boolean, reason = '') => ({
    ...{ requestId: newRequestId(), batchId: batches[0]!.batchId },
    ...{ isPaid, reason },
  });
  return { batch: batches[0]!, payoutId: payout!.payoutId, payment };
}
const page = { pageSize: 0, pageToken: '' };
const batchIds = async (filter: { state?: string; payoutId?: string }): Promise<string[]> => {
  const { batches } = await harness
    .client()
    .listSettlementBatches({ merchantId: '', businessDate: '', ...page, ...filter });
  return batches.map(({ batchId }) => batchId);
};
const waiting = async (actor?: Parameters<typeof harness.settlement>[0]): Promise<string[]> => {
  const { lines } = await harness.settlement(actor).listWaitingLines({ merchantId: 'noodle-bar', ...page });
  return lines.map(({ lineId }) => lineId);
};
const fileOf = async (payoutId: string): Promise<Buffer> =>
  Buffer.from((await harness.settlement().getPayoutFile({ payoutId })).content);

it('owes a payment again that came back after it was recorded as paid, once', async () => {
  const { batch, payoutId, payment } = await released('2026-11-02');
  const { batchId, amountMinor, currency } = batch;
  expect((await harness.settlement().recordPayment(payment(true))).batch).toMatchObject({ state: 'paid' });
  expect([await batchIds({ state: 'paid' }), await batchIds({ payoutId })]).toEqual([[batchId], [batchId]]);
  expect([await batchIds({ state: 'released' }), await batchIds({ payoutId: 'none' })]).toEqual([[], []]);
  expect(await refusal(batchIds({ state: 'lost' }))).toMatchObject({ reason: 'VALIDATION_FAILED' });
  // What was paid is not taken out of its batch.
  const reject = { requestId: newRequestId(), batchId, reason: 'x' };
  expect(await refusal(harness.settlement().rejectSettlementBatch(reject))).toMatchObject(notAllowed);
  expect(await refusal(harness.settlement().recordPayment(payment(true)))).toMatchObject(notAllowed);

  const back = payment(false, 'account closed');
  harness.benefits.beforeAdjust = () => {
    throw unavailable();
  };
  expect(await refusal(harness.settlement().recordPayment(back))).toMatchObject({ code: 'UNAVAILABLE' });
  harness.benefits.beforeAdjust = () => undefined;
  const first = await harness.settlement().recordPayment(back);
  expect(first.batch).toMatchObject({ state: 'rejected', rejectReason: 'account closed' });
  expect(await harness.settlement().recordPayment(back)).toEqual(first);
  expect(await refusal(harness.settlement().recordPayment(payment(false, 'again')))).toMatchObject(notAllowed);
  expect(harness.benefits.adjustments.get(`returned.${batchId}`)).toMatchObject({ amountMinor, currency });

  const owed = [`returned.${batchId}`];
  expect([await waiting(), await waiting({ kind: 'merchant', id: 'noodle-bar', orgPath: '' })]).toEqual([owed, owed]);
  expect(await refusal(waiting({ kind: 'merchant', id: 'tea-house', orgPath: '' }))).toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  expect((await harness.linesOf(batchId)).map(({ kind }) => kind)).toEqual(['redemption']);
  harness.clock.advance(DAY_MS);
  const [next] = (await harness.run('2026-11-20')).batches.filter(({ merchantId }) => merchantId === 'noodle-bar');
  expect(next).toMatchObject({ amountMinor, redemptionCount: 0, correctionCount: 1 });
  expect((await harness.linesOf(next!.batchId)).map(({ lineId }) => lineId)).toEqual(owed);
  expect(await waiting()).toEqual([]);
  await harness.release([next!], { id: 'third-person' });
});

it('pays what came back to the account of then, and leaves the file of before byte for byte', async () => {
  const { payoutId, payment } = await released('2026-11-04');
  const before = await fileOf(payoutId);
  expect(before.toString('utf8')).toContain('6222-0001');
  await harness.settlement().recordPayment(payment(true));
  await harness.settlement().recordPayment(payment(false, 'account closed'));
  await suspend(harness, 'noodle-bar');
  await onboard(harness, aMerchant({ name: 'Noodle Bar & Sons', settlementAccount: '6222-9999' }));

  harness.clock.advance(DAY_MS);
  const [next] = (await harness.run('2026-11-23')).batches.filter(({ merchantId }) => merchantId === 'noodle-bar');
  const { payout } = await harness.release([next!], { id: 'third-person' });
  const after = (await fileOf(payout!.payoutId)).toString('utf8');
  expect(after).toContain('6222-9999');
  expect(after).not.toContain('6222-0001');
  expect(await fileOf(payoutId)).toEqual(before);
});
