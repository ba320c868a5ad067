import type { SaleItem } from '@tidegate/contracts/benefits/v1/benefits';
import { RedemptionRepository } from '../../repositories/redemption.repository';
import { CODE_STEP_MS } from '../../domain/redemption-code';
import { startWallet, tally, type WalletFixture } from '../../testing/wallet.fixture';

// Goal: a sale uses all its benefits or none, stored value part by part, and every redemption can be taken back once.

let wallet: WalletFixture;
beforeAll(async () => {
  wallet = await startWallet();
});
afterAll(() => wallet?.service.stop());
afterEach(async () => {
  expect(await wallet.trialBalance()).toBe(0);
  wallet.clock.advance(CODE_STEP_MS);
});

const sale = (requestId: string, items: SaleItem[], orderAmountMinor = 5_000) => ({
  requestId,
  code: '',
  items,
  merchantId: 'm-tea',
  storeId: 's-1',
  clerkId: 'k-1',
  orderAmountMinor,
});
const item = async (instanceId: string, customerId: string, amountMinor = 0): Promise<SaleItem> => ({
  code: await wallet.codeFor(instanceId, customerId),
  amountMinor,
});
/** What the bank, and whichever merchant redeems, have promised. */
const budgets = (kind = 'budget') =>
  Promise.all([wallet.balance(`${kind}_bank:hq`), wallet.balance(`${kind}_merchant:*`)]);
const stateOf = async (instanceId: string) => (await wallet.benefits.getInstance({ instanceId })).instance!;
const available = (customerId: string) => wallet.balance(`customer:${customerId}`).then((balance) => 0 - balance);

it('redeems several benefits in one sale, all of them or none', async () => {
  const packet = await wallet.claimOne('c-many');
  const discount = await wallet.claimOne('c-many', {
    kind: 'amount_discount',
    faceValueMinor: 1_000,
    thresholdMinor: 2_000,
  });
  const expensive = await wallet.claimOne('c-many', { kind: 'amount_discount', thresholdMinor: 9_000 });
  const refusing = sale('none', [await item(packet, 'c-many'), await item(expensive, 'c-many')]);
  await expect(wallet.benefits.redeemByCode(refusing)).rejects.toMatchObject({ reason: 'BELOW_THRESHOLD' });
  expect(await stateOf(packet)).toMatchObject({ state: 'issued', remainingMinor: 800 });

  const twice = sale('twice', [await item(packet, 'c-many'), await item(packet, 'c-many')]);
  await expect(wallet.benefits.redeemByCode(twice)).rejects.toMatchObject({ reason: 'ITEM_TWICE' });

  const all = sale('all', [await item(packet, 'c-many'), await item(discount, 'c-many')]);
  const { redemptions } = await wallet.benefits.redeemByCode(all);
  expect(redemptions.map(({ amountMinor }) => amountMinor)).toEqual([800, 1_000]);
  expect(new Set(redemptions.map(({ saleId }) => saleId)).size).toBe(1);
  expect(await available('c-many')).toBe(800);
  expect((await wallet.benefits.redeemByCode(all)).redemptions).toEqual(redemptions);
});

it('takes benefits of one currency alone: what a sale is paid with adds up', async () => {
  const yuan = await wallet.claimOne('c-purse');
  const euro = await wallet.claimOne('c-purse', { currency: 'EUR' });
  const both = sale('two-currencies', [await item(yuan, 'c-purse'), await item(euro, 'c-purse')]);
  const { requestId: _none, ...question } = both;
  const mismatch = { reason: 'SALE_CURRENCY_MISMATCH', metadata: { currencies: 'CNY,EUR' } };
  await expect(wallet.benefits.validateSale(question)).rejects.toMatchObject(mismatch);
  await expect(wallet.benefits.holdBenefit(both)).rejects.toMatchObject(mismatch);
  await expect(wallet.benefits.redeemByCode(both)).rejects.toMatchObject(mismatch);
  for (const instanceId of [yuan, euro]) expect(await stateOf(instanceId)).toMatchObject({ state: 'issued' });
  // Each pays a sale of its own, by the codes that were refused together.
  for (const [index, one] of both.items.entries()) {
    const { redemptions } = await wallet.benefits.redeemByCode(sale(`currency-${index}`, [one]));
    expect(redemptions).toMatchObject([{ amountMinor: 800, currency: ['CNY', 'EUR'][index] }]);
  }
});

it('says beforehand what a sale would take, as often as it is asked, and the codes stay good', async () => {
  const packet = await wallet.claimOne('c-ask');
  const expensive = await wallet.claimOne('c-ask', { kind: 'amount_discount', thresholdMinor: 9_000 });
  const asked = sale('ask', [await item(packet, 'c-ask', 300)]);
  const { requestId: _none, ...question } = asked;
  const [first, second] = [await wallet.benefits.validateSale(question), await wallet.benefits.validateSale(question)];
  expect(first).toMatchObject({ amountMinor: 300, instances: [{ instanceId: packet, state: 'issued' }] });
  expect(second).toEqual(first);
  const refused = { ...question, items: [await item(expensive, 'c-ask')] };
  await expect(wallet.benefits.validateSale(refused)).rejects.toMatchObject({ reason: 'BELOW_THRESHOLD' });
  expect(await available('c-ask')).toBe(1_600);
  expect((await wallet.benefits.redeemByCode(asked)).redemptions[0]?.amountMinor).toBe(300);
  await expect(wallet.benefits.validateSale(question)).rejects.toMatchObject({ reason: 'CODE_USED' });
});

it('never pays more than the sale, and uses stored value part by part', async () => {
  const packet = await wallet.claimOne('c-part', { faceValueMinor: 1_000 });
  const redeem = async (requestId: string, amountMinor: number, order: number) =>
    (await wallet.benefits.redeemByCode(sale(requestId, [await item(packet, 'c-part', amountMinor)], order)))
      .redemptions[0]?.amountMinor;
  expect(await redeem('part-1', 300, 5_000)).toBe(300);
  expect(await stateOf(packet)).toMatchObject({ state: 'issued', remainingMinor: 700 });
  await expect(redeem('part-2', 701, 5_000)).rejects.toMatchObject({ reason: 'AMOUNT_NOT_AVAILABLE' });
  await expect(redeem('part-3', 500, 499)).rejects.toMatchObject({ reason: 'SALE_OVERDRAWN' });
  expect(await redeem('part-4', 0, 250)).toBe(250);
  expect(await redeem('part-5', 0, 5_000)).toBe(450);
  expect(await stateOf(packet)).toMatchObject({ state: 'redeemed', remainingMinor: 0 });
  expect(await available('c-part')).toBe(0);
});

it('is used only from the day, and on the days, that its stock allows', async () => {
  // It is Monday in Shanghai.
  const everyDay = { weekdays: [], from: '', to: '', afterDays: 0, blockedDates: [] };
  const closed = await wallet.claimOne('c-window', { redeemWindow: { ...everyDay, weekdays: [2, 3, 4, 5, 6, 7] } });
  const later = await wallet.claimOne('c-window', { redeemWindow: { ...everyDay, afterDays: 1 } });
  const use = async (requestId: string, instanceId: string) =>
    wallet.benefits.redeemByCode(sale(requestId, [await item(instanceId, 'c-window')]));
  await expect(use('closed', closed)).rejects.toMatchObject({ reason: 'REDEEM_WINDOW_CLOSED' });
  await expect(use('early', later)).rejects.toMatchObject({ reason: 'REDEEM_NOT_YET' });
  const hold = async () => wallet.benefits.holdBenefit(sale('hold-closed', [await item(closed, 'c-window')]));
  await expect(hold()).rejects.toMatchObject({ reason: 'REDEEM_WINDOW_CLOSED' });
  wallet.clock.advance(24 * 3600 * 1000);
  expect((await use('tuesday', closed)).redemptions).toMatchObject([{ amountMinor: 800 }]);
  expect((await use('next-day', later)).redemptions).toMatchObject([{ amountMinor: 800 }]);
});

it('waits from the first claim on, also with whom it was given or transferred to', async () => {
  const hours = (count: number) => wallet.clock.advance(count * 3600 * 1000);
  const redeemWindow = { weekdays: [], from: '', to: '', afterDays: 2, blockedDates: [] };
  const instanceId = await wallet.claimOne('c-wait', { redeemWindow });
  const use = async (requestId: string, id: string, customerId: string) =>
    wallet.benefits.redeemByCode(sale(requestId, [await item(id, customerId)]));
  const { firstClaimedAt } = await stateOf(instanceId);
  hours(20);
  const gift = await wallet.benefits.offerGift({ requestId: 'wait', instanceId, customerId: 'c-wait' });
  const taken = { requestId: 'wait', giftId: gift.giftId, token: gift.token, customerId: 'd-wait' };
  const given = (await wallet.benefits.acceptGift(taken)).instance!;
  hours(20);
  const passing = { requestId: 'wait', instanceId: given.instanceId, customerId: 'd-wait', toCustomerId: 'e-wait' };
  const passed = (await wallet.benefits.transferBenefit(passing)).instance!;
  expect(passed).toMatchObject({ firstClaimedAt, claimedAt: wallet.clock.now() });
  await expect(use('wait-early', passed.instanceId, 'e-wait')).rejects.toMatchObject({ reason: 'REDEEM_NOT_YET' });
  hours(8);
  expect((await use('wait-over', passed.instanceId, 'e-wait')).redemptions).toMatchObject([{ amountMinor: 800 }]);
});

it('lets what an earlier version stored wait from when its holder got it', async () => {
  const redeemWindow = { weekdays: [], from: '', to: '', afterDays: 1, blockedDates: [] };
  const instanceId = await wallet.claimOne('c-old', { redeemWindow });
  const instances = wallet.service.mongo.connection.collection('instances');
  await instances.updateOne({ _id: instanceId as never }, { $unset: { firstClaimedAt: 1 } });
  const use = async (requestId: string) =>
    wallet.benefits.redeemByCode(sale(requestId, [await item(instanceId, 'c-old')]));
  await expect(use('old-early')).rejects.toMatchObject({ reason: 'REDEEM_NOT_YET' });
  wallet.clock.advance(24 * 3600 * 1000);
  expect((await use('old-over')).redemptions).toMatchObject([{ amountMinor: 800 }]);
});

it('counts what is held against what is available, also in part', async () => {
  const packet = await wallet.claimOne('c-held', { faceValueMinor: 1_000 });
  const held = await wallet.benefits.holdBenefit(sale('hold', [await item(packet, 'c-held', 400)]));
  expect([await available('c-held'), -(await wallet.balance('held:c-held'))]).toEqual([600, 400]);
  const { redemptions } = await wallet.benefits.commitHold({
    requestId: 'c',
    holdId: held.holdId,
    merchantId: 'm-tea',
  });
  expect(redemptions).toMatchObject([{ amountMinor: 400, saleId: held.holdId }]);
  expect([await available('c-held'), await wallet.balance('held:c-held')]).toEqual([600, 0]);
  expect(await stateOf(packet)).toMatchObject({ state: 'issued', remainingMinor: 600 });
});

it('tells a till with the hold what the sale will take', async () => {
  const percent = await wallet.claimOne('c-amount', { kind: 'percent_discount', percentBasisPoints: 1_000 });
  const gift = await wallet.claimOne('c-amount', { kind: 'physical_gift' });
  const packet = await wallet.claimOne('c-amount');
  const items = [await item(percent, 'c-amount'), await item(gift, 'c-amount'), await item(packet, 'c-amount', 50)];
  const held = await wallet.benefits.holdBenefit(sale('amount', items, 2_000));
  expect(held.amountMinor).toBe(200 + 800 + 50);
  const done = await wallet.benefits.commitHold({ requestId: 'amount', holdId: held.holdId, merchantId: 'm-tea' });
  expect(done.redemptions.map(({ amountMinor }) => amountMinor)).toEqual([200, 800, 50]);
});

it('returns to the budgets what a discount did not need', async () => {
  const before = await budgets();
  const discount = await wallet.claimOne('c-rest', { kind: 'amount_discount', faceValueMinor: 1_000 });
  const { redemptions } = await wallet.benefits.redeemByCode(sale('rest', [await item(discount, 'c-rest')], 600));
  expect(redemptions).toMatchObject([{ amountMinor: 600 }]);
  expect(await budgets()).toEqual(before);
});

it('takes a number in place of a code, once', async () => {
  const packet = await wallet.claimOne('c-number');
  const { number } = await wallet.benefits.issueRedemptionCode({
    instanceId: packet,
    customerId: 'c-number',
    withNumber: true,
  });
  expect(number).toMatch(/^\d{12}$/);
  const wrong = String((Number(number) + 1) % 1e12).padStart(12, '0');
  await expect(wallet.benefits.redeemByCode(sale('wrong', [{ code: wrong, amountMinor: 0 }]))).rejects.toMatchObject({
    reason: 'CODE_INVALID',
  });
  await wallet.benefits.redeemByCode(sale('number', [{ code: number, amountMinor: 100 }]));
  await expect(wallet.benefits.redeemByCode(sale('again', [{ code: number, amountMinor: 100 }]))).rejects.toMatchObject(
    { reason: 'CODE_USED' },
  );
});

const place = { storeId: 's-2', clerkId: 'k-2', isRepeatOnly: false };

it('takes a redemption back once, whoever tries, and only within a day', async () => {
  const packet = await wallet.claimOne('c-back', { validForSeconds: 40 * 24 * 3600 });
  const redeemed = await wallet.benefits.redeemByCode(sale('back', [await item(packet, 'c-back')]));
  const { redemptionId } = redeemed.redemptions[0]!;
  const payable = await wallet.balance('payable:m-tea');
  const reverse = (requestId: string, merchantId = 'm-tea') =>
    wallet.benefits.reverseRedemption({ requestId, redemptionId, merchantId, ...place, reason: 'wrong item' });
  await expect(reverse('foreign', 'm-other')).rejects.toMatchObject({ reason: 'REDEMPTION_NOT_FOUND' });
  const outcomes = await tally(Array.from({ length: 20 }, (_, index) => reverse(`reverse-${index}`)));
  expect(outcomes).toEqual({ done: 1, REDEMPTION_REVERSED: 19 });
  const stored = await wallet.service.app.get(RedemptionRepository).findReversals([redemptionId]);
  expect(stored).toMatchObject([{ storeId: 's-2', clerkId: 'k-2', reason: 'wrong item' }]);
  expect(await stateOf(packet)).toMatchObject({ state: 'issued', remainingMinor: 800 });
  expect(await available('c-back')).toBe(800);
  expect(await wallet.balance('payable:m-tea')).toBe(payable + 800);

  wallet.clock.advance(CODE_STEP_MS);
  const again = await wallet.benefits.redeemByCode(sale('late', [await item(packet, 'c-back')]));
  wallet.clock.advance(24 * 3600 * 1000 + 1);
  await expect(
    wallet.benefits.reverseRedemption({
      requestId: 'too-late',
      redemptionId: again.redemptions[0]!.redemptionId,
      merchantId: 'm-tea',
      ...place,
      reason: 'late',
    }),
  ).rejects.toMatchObject({ reason: 'REVERSAL_WINDOW_OVER' });
});

it('tells apart as expired what is taken back after the benefit has ended', async () => {
  const [before, expired] = [await budgets(), await budgets('expired')];
  const packet = await wallet.claimOne('c-ended', { validForSeconds: 60 });
  const { redemptions } = await wallet.benefits.redeemByCode(sale('ended', [await item(packet, 'c-ended')]));
  wallet.clock.advance(61_000);
  const { redemptionId } = redemptions[0]!;
  await wallet.benefits.reverseRedemption({
    requestId: 'ended',
    redemptionId,
    merchantId: 'm-tea',
    ...place,
    reason: 'returned',
  });
  expect(await stateOf(packet)).toMatchObject({ state: 'reversed', remainingMinor: 0 });
  expect([await available('c-ended'), await budgets()]).toEqual([0, [before[0]! + 560, before[1]! + 240]]);
  expect(await budgets('expired')).toEqual([expired[0]! - 560, expired[1]! - 240]);
});

it('returns to the benefit what is taken back while the rest of it is held or on its way', async () => {
  const before = await budgets();
  const packet = await wallet.claimOne('c-away');
  const sell = async (name: string) => {
    const part = { ...(await item(packet, 'c-away')), amountMinor: 100 };
    const { redemptions } = await wallet.benefits.redeemByCode(sale(name, [part]));
    wallet.clock.advance(CODE_STEP_MS);
    return redemptions[0]!.redemptionId;
  };
  const [first, second] = [await sell('away-1'), await sell('away-2')];
  const reverse = (redemptionId: string) =>
    wallet.benefits.reverseRedemption({
      requestId: redemptionId,
      redemptionId,
      merchantId: 'm-tea',
      ...place,
      reason: 'wrong',
    });

  const held = { ...(await item(packet, 'c-away')), amountMinor: 600 };
  const { holdId } = await wallet.benefits.holdBenefit(sale('away-hold', [held]));
  await reverse(first);
  expect(await stateOf(packet)).toMatchObject({ state: 'held', remainingMinor: 700 });
  await wallet.benefits.voidHold({ requestId: 'away-void', holdId, merchantId: 'm-tea' });
  expect(await available('c-away')).toBe(700);

  const gift = await wallet.benefits.offerGift({ requestId: 'away', instanceId: packet, customerId: 'c-away' });
  await reverse(second);
  expect(await wallet.balance('on_way:c-away')).toBe(-800);
  await wallet.benefits.acceptGift({
    requestId: 'away',
    giftId: gift.giftId,
    token: gift.token,
    customerId: 'c-taker',
  });
  expect([await available('c-away'), await available('c-taker')]).toEqual([0, 800]);
  expect(await wallet.balance('on_way:c-away')).toBe(0);
  expect(await budgets()).toEqual([before[0]! + 560, before[1]! + 240]);
});
