import { CODE_STEP_MS } from '../../domain/redemption-code';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: what is paid out is owed, to the minor unit, and nothing is paid out twice.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(async () => expect(await wallet.trialBalance()).toBe(0));

let sequence = 0;

/** One redemption of 800 at a merchant; its id. */
async function redeemAt(merchantId: string): Promise<string> {
  const customerId = `c-${(sequence += 1)}`;
  const code = await wallet.codeFor(await wallet.claimOne(customerId), customerId);
  const sale = {
    requestId: `redeem-${sequence}`,
    code,
    storeId: 's-1',
    clerkId: 'k-1',
    orderAmountMinor: 5_000,
    items: [],
  };
  const { redemption } = await wallet.benefits.redeemByCode({ ...sale, merchantId });
  wallet.clock.advance(CODE_STEP_MS);
  return redemption!.redemptionId;
}

const aBatch = (merchantId: string, redemptionIds: string[], overrides = {}) => ({
  requestId: `post-${(sequence += 1)}`,
  batchId: `batch-${sequence}`,
  merchantId,
  amountMinor: 800 * redemptionIds.length,
  currency: 'CNY',
  redemptionIds,
  reversals: [] as { reversalId: string; redemptionId: string; amountMinor: number }[],
  adjustmentIds: [] as string[],
  ...overrides,
});
const anAdjustment = (merchantId: string, overrides = {}) => ({
  requestId: `adjust-${(sequence += 1)}`,
  adjustmentId: `a-${sequence}`,
  merchantId,
  amountMinor: 150,
  currency: 'CNY',
  kind: 'adjustment',
  funder: 'bank',
  partyId: 'hq',
  ...overrides,
});

it('posts a batch once and only when it adds up', async () => {
  const batch = aBatch('m-once', [await redeemAt('m-once')]);
  await expect(wallet.benefits.postSettlement({ ...batch, amountMinor: 801 })).rejects.toMatchObject({
    reason: 'SETTLEMENT_AMOUNT_MISMATCH',
  });
  await Promise.all(
    [batch.requestId, batch.requestId, 'other'].map((requestId) =>
      wallet.benefits.postSettlement({ ...batch, requestId }),
    ),
  );
  expect(await wallet.balance('payable:m-once')).toBe(0);
  expect(await wallet.balance('paid_out:m-once')).toBe(-800);
});

it('refuses a redemption that is in another batch already, also when batches race', async () => {
  const [first, second, third] = [await redeemAt('m-twice'), await redeemAt('m-twice'), await redeemAt('m-twice')];
  await wallet.benefits.postSettlement(aBatch('m-twice', [first], { batchId: 'b-first' }));
  await expect(wallet.benefits.postSettlement(aBatch('m-twice', [second, first]))).rejects.toMatchObject({
    reason: 'REDEMPTION_IN_OTHER_BATCH',
    metadata: { id: first, batchId: 'b-first' },
  });
  await expect(wallet.benefits.postSettlement(aBatch('m-twice', [second, second]))).rejects.toMatchObject({
    reason: 'SETTLEMENT_AMOUNT_MISMATCH',
  });
  const outcomes = await tally(
    Array.from({ length: 12 }, () => wallet.benefits.postSettlement(aBatch('m-twice', [second, third]))),
  );
  expect(outcomes.done).toBe(1);
  expect(await wallet.balance('payable:m-twice')).toBe(0);
  expect(await wallet.balance('paid_out:m-twice')).toBe(-2_400);
});

it('settles adjustments with their sign, once', async () => {
  const redemptionId = await redeemAt('m-adjust');
  const [more, less] = [anAdjustment('m-adjust'), anAdjustment('m-adjust', { amountMinor: -50, funder: 'merchant' })];
  for (const adjustment of [more, more, { ...less, partyId: 'm-adjust' }]) {
    await wallet.benefits.postAdjustment(adjustment);
  }
  expect(await wallet.balance('payable:m-adjust')).toBe(-900);
  expect(await wallet.balance('cost_bank:hq')).toBeGreaterThan(0);
  const adjustmentIds = [more.adjustmentId, less.adjustmentId];
  const batch = aBatch('m-adjust', [redemptionId], { amountMinor: 900, adjustmentIds });
  await expect(
    wallet.benefits.postSettlement({ ...batch, adjustmentIds: [more.adjustmentId, 'unknown'], amountMinor: 950 }),
  ).rejects.toMatchObject({ reason: 'SETTLEMENT_AMOUNT_MISMATCH' });
  await wallet.benefits.postSettlement(batch);
  expect(await wallet.balance('payable:m-adjust')).toBe(0);
  const again = aBatch('m-adjust', [await redeemAt('m-adjust')], {
    amountMinor: 950,
    adjustmentIds: [more.adjustmentId],
  });
  await expect(wallet.benefits.postSettlement(again)).rejects.toMatchObject({ reason: 'REDEMPTION_IN_OTHER_BATCH' });
});

/** Takes a redemption back; the reversal as a batch names it. */
async function reverseAt(merchantId: string, redemptionId: string) {
  const request = {
    requestId: `reverse-${(sequence += 1)}`,
    redemptionId,
    merchantId,
    reason: 'wrong item',
    storeId: 's-1',
    clerkId: 'k-1',
    isRepeatOnly: false,
  };
  const { reversal } = await wallet.benefits.reverseRedemption(request);
  return { reversalId: reversal!.reversalId, redemptionId, amountMinor: reversal!.amountMinor };
}

it('takes reversals off as they were stored, of this merchant only and once', async () => {
  const early = await redeemAt('m-reverse');
  await wallet.benefits.postSettlement(aBatch('m-reverse', [early]));
  const unreversed = await redeemAt('m-reverse');
  const reversal = await reverseAt('m-reverse', early);
  const other = await redeemAt('m-other');
  const foreign = await reverseAt('m-other', other);
  const late = [unreversed, await redeemAt('m-reverse')];
  const batch = (reversals: (typeof reversal)[], amountMinor: number) =>
    aBatch('m-reverse', late, { amountMinor, reversals });
  for (const made of [
    { ...reversal, reversalId: 'made-up' },
    { ...reversal, redemptionId: unreversed },
    { ...reversal, amountMinor: 300 },
    foreign,
  ]) {
    await expect(wallet.benefits.postSettlement(batch([made], 1_600 - made.amountMinor))).rejects.toMatchObject({
      reason: 'SETTLEMENT_AMOUNT_MISMATCH',
    });
  }
  await wallet.benefits.postSettlement(batch([reversal], 800));
  expect(await wallet.balance('payable:m-reverse')).toBe(0);
  const more = [await redeemAt('m-reverse'), await redeemAt('m-reverse')];
  const again = aBatch('m-reverse', more, { amountMinor: 800, reversals: [reversal] });
  await expect(wallet.benefits.postSettlement(again)).rejects.toMatchObject({ reason: 'REDEMPTION_IN_OTHER_BATCH' });
});

it('refuses adjustments that make no sense, and two meanings of one id', async () => {
  const refusal = (overrides: object) =>
    wallet.benefits.postAdjustment(anAdjustment('m-refused', overrides)).catch((error: unknown) => error);
  for (const overrides of [{ amountMinor: 0 }, { funder: '' }, { kind: 'gift' }, { currency: 'XXZ' }]) {
    expect(await refusal(overrides)).toMatchObject({ reason: 'VALIDATION_FAILED' });
  }
  const adjustment = anAdjustment('m-refused', { amountMinor: 10 });
  await wallet.benefits.postAdjustment(adjustment);
  await expect(
    wallet.benefits.postAdjustment({ ...adjustment, requestId: 'another', amountMinor: 11 }),
  ).rejects.toMatchObject({ code: 'ALREADY_EXISTS', reason: 'ADJUSTMENT_EXISTS' });
  const returned = anAdjustment('m-refused', { kind: 'returned_payment', funder: '', partyId: '', amountMinor: 40 });
  await wallet.benefits.postAdjustment(returned);
  expect(await wallet.balance('paid_out:m-refused')).toBe(40);
  expect(await wallet.balance('payable:m-refused')).toBe(-50);
});
