import type { Redemption } from '@tidegate/contracts/benefits/v1/benefits';
import { BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { BudgetsServiceService, type BudgetLimits } from '@tidegate/contracts/merchants/v1/budgets';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import type { DomainError } from '@tidegate/errors';
import { PeriodicTasks } from '@tidegate/service';
import { eventually, type TestService } from '@tidegate/testing';
import { unavailable } from '../testing/fake-benefits';
import { aStore } from '../testing/merchants.factory';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../testing/merchants.harness';
import { noLimits } from './testing/budget.factory';
import { SweepReservationsUseCase } from './use-cases/sweep-reservations/sweep-reservations.use-case';

// Goal: tills never pass a budget, however many at once, and what is not redeemed comes back.

let harness: MerchantsHarness;
let replica: TestService;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  replica = await harness.startReplica();
  // Reservations are swept when a test says so.
  for (const { app } of [harness.service, replica]) await app.get(PeriodicTasks).stop();
});
afterAll(async () => {
  await replica?.stop();
  await harness?.stop();
});
beforeEach(async () => {
  harness.clock.set(new Date('2026-11-22T04:00:00Z'));
  harness.benefits.holds.afterCommit = () => undefined;
  for (const name of ['budgets', 'budget_reservations']) {
    await harness.service.mongo.connection.collection(name).deleteMany({});
  }
});

const merchantId = 'noodle-bar';
const storeId = 'noodle-bar-1';
const till = { kind: 'merchant' as const, id: merchantId, orgPath: '' };
const budgets = (actor?: object) => harness.clientOf(BudgetsServiceService, actor as never);
const put = (limits: Partial<BudgetLimits>, overrides = {}) => {
  const budget = { merchantId, storeId, currency: 'CNY', limits: { ...noLimits, ...limits }, ...OUTPUT, ...overrides };
  return budgets().putBudget({ requestId: newRequestId(), budget });
};
const OUTPUT = {
  ...{ usedCount: 0, usedAmountMinor: 0, dayUsedCount: 0, dayUsedAmountMinor: 0, businessDate: '' },
  changedAt: undefined,
};
const used = async () => {
  const [budget] = (await budgets(till).listBudgets({ merchantId, pageSize: 0, pageToken: '' })).budgets;
  return [budget?.usedCount, budget?.usedAmountMinor, budget?.dayUsedCount, budget?.dayUsedAmountMinor];
};
const sale = () => ({
  ...{ requestId: newRequestId(), code: '123456', merchantId, storeId, clerkId: 'li-wei' },
  items: [],
  orderAmountMinor: 5_000,
});
const held = (holdId: string) => ({ requestId: newRequestId(), holdId, merchantId });

it('takes a part with the hold, keeps it with the commit, and gives it back with the void', async () => {
  await put({ totalCount: 2 });
  const client = harness.client(till);
  const [first, second] = [await client.holdAtStore(sale()), await client.holdAtStore(sale())];
  expect(await used()).toEqual([2, 2_000, 2, 2_000]);
  const third = sale();
  const exhausted = { reason: 'BUDGET_EXHAUSTED', metadata: { owner: 'store', limit: 'total_count' } };
  await expect(client.holdAtStore(third)).rejects.toMatchObject(exhausted);
  expect(harness.benefits.holds.byId.get(`hold-${third.requestId}`)?.state).toBe('voided');
  await client.voidHoldAtStore(held(second.holdId));
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
  // Its benefit was let go: that very sale stays refused, another one goes.
  await expect(client.holdAtStore(third)).rejects.toMatchObject(exhausted);
  const commit = held(first.holdId);
  const { redemption } = await client.commitHoldAtStore(commit);
  expect((await client.commitHoldAtStore(commit)).redemption).toEqual(redemption);
  expect(redemption?.amountMinor).toBe(1_000);
  await client.redeemAtStore(sale());
  expect(await used()).toEqual([2, 2_000, 2, 2_000]);
  await expect(client.redeemAtStore(sale())).rejects.toMatchObject(exhausted);
  const other = harness.client({ kind: 'merchant', id: 'tea-house', orgPath: '' });
  await expect(other.commitHoldAtStore(held(first.holdId))).rejects.toMatchObject({ reason: 'MERCHANT_OUT_OF_SCOPE' });
});

it('is exact among tills at once over two replicas, for the merchant and the store', async () => {
  await put({ totalAmountMinor: 20_500 });
  await put({ dailyCount: 13 }, { storeId: '' });
  const redeem = async (index: number): Promise<string> => {
    const request = sale();
    const client = (index % 2 ? replica : harness.service).client(MerchantsServiceService, till);
    for (;;) {
      const outcome = await client.redeemAtStore(request).then(
        () => 'redeemed',
        (error: DomainError) => error.reason,
      );
      // The database gave up on a conflict: the same request is tried again, as a till does.
      if (outcome !== 'WRITE_CONFLICT') return outcome;
    }
  };
  const outcomes = await Promise.all(Array.from({ length: 60 }, (_, index) => redeem(index)));
  expect(outcomes.filter((outcome) => outcome === 'redeemed')).toHaveLength(13);
  expect(outcomes.filter((outcome) => outcome === 'BUDGET_EXHAUSTED')).toHaveLength(47);
  const committed = [...harness.benefits.holds.byId.values()].filter(({ state }) => state === 'held');
  expect(committed).toEqual([]);
  expect(await used()).toEqual([13, 13_000, 13, 13_000]);

  harness.clock.advance(86_400_000);
  await harness.client(till).redeemAtStore(sale());
  expect(await used()).toEqual([14, 14_000, 1, 1_000]);
});

it('tells the first result when the answer of the wallet was lost, and charges once', async () => {
  await put({ totalCount: 5 });
  let losses = 0;
  harness.benefits.holds.afterCommit = () => {
    if ((losses += 1) <= 4) throw unavailable();
  };
  const request = sale();
  await eventually(async () => expect((await harness.client(till).redeemAtStore(request)).redemption).toBeDefined());
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
});

it('tells a repeat after closing time the first result, and charges nothing more', async () => {
  await put({ totalCount: 5 });
  const client = harness.client(till);
  const [asked, never] = [sale(), sale()];
  const first = await client.redeemAtStore(asked);
  await harness.client().putStore({ requestId: newRequestId(), store: aStore({ isOpen: false }) });
  expect(await client.redeemAtStore(asked)).toEqual(first);
  await expect(client.redeemAtStore(never)).rejects.toMatchObject({ reason: 'STORE_CLOSED' });
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
  await harness.client().putStore({ requestId: newRequestId(), store: aStore() });
});

it('ends what no till came back for, as the wallet says it ended', async () => {
  await put({ totalCount: 5 });
  const client = harness.client(till);
  const lost = await client.holdAtStore(sale());
  const committed = await client.holdAtStore(sale());
  // Committed past this service: the sweep asks the wallet for what was redeemed.
  harness.benefits.holds.commit(held(committed.holdId)).redemption.amountMinor = 700;
  const sweep = harness.service.app.get(SweepReservationsUseCase);
  expect(await sweep.execute()).toBe(0);
  harness.clock.set(new Date('2026-11-22T05:04:00Z'));
  harness.benefits.holds.byId.get(lost.holdId)!.state = 'timed_out';
  expect(await sweep.execute()).toBe(2);
  expect(await used()).toEqual([1, 700, 1, 700]);
  expect(await sweep.execute()).toBe(0);
});

const reversalOf = ({ redemptionId, saleId }: Pick<Redemption, 'redemptionId' | 'saleId'>) => ({
  ...{ redemptionId, saleId, reversalId: 'v-1', amountMinor: 1_000, merchantId, currency: 'CNY', shares: [] },
  ...{ reversedAt: new Date(), reason: 'wrong sale', storeId: 'noodle-bar-1', clerkId: 'li-wei' },
});

it('gets back what is reversed of a sale that no till came back for', async () => {
  await put({ totalCount: 5 });
  const { holdId } = await harness.client(till).holdAtStore(sale());
  // Committed past this service, among more sales than it could read.
  const { redemption } = harness.benefits.holds.commit(held(holdId));
  harness.clock.set(new Date('2026-11-22T05:04:00Z'));
  expect(await harness.service.app.get(SweepReservationsUseCase).execute()).toBe(1);
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
  await harness.service.publish(BenefitReversed, 'swept', [{ reversal: reversalOf(redemption) }]);
  await eventually(async () => expect(await used()).toEqual([0, 0, 0, 0]));
});

it('gets back what was reversed before it was charged', async () => {
  await put({ totalCount: 5 });
  const { holdId } = await harness.client(till).holdAtStore(sale());
  // Committed past this service, and taken back before it heard of that.
  const { redemption } = harness.benefits.holds.commit(held(holdId));
  await harness.service.publish(BenefitReversed, 'early', [{ reversal: reversalOf(redemption) }]);
  const reservations = harness.service.mongo.connection.collection('budget_reservations');
  await eventually(async () =>
    expect(await reservations.findOne()).toMatchObject({ reversedIds: [redemption.redemptionId] }),
  );
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
  harness.clock.set(new Date('2026-11-22T05:04:00Z'));
  expect(await harness.service.app.get(SweepReservationsUseCase).execute()).toBe(1);
  expect(await used()).toEqual([0, 0, 0, 0]);
});

it('gets back what is reversed, each reversal once, also when its sale is not told', async () => {
  await put({ totalCount: 5 });
  const { redemption } = await harness.client(till).redeemAtStore(sale());
  const reversal = reversalOf(redemption!);
  await harness.client(till).redeemAtStore(sale());
  await harness.service.publish(BenefitReversed, 'i', [{ reversal }], 'twice');
  await harness.service.publish(BenefitReversed, 'i', [{ reversal }], 'twice');
  await harness.service.publish(BenefitReversed, 'i', [{ reversal }], 'and again');
  await eventually(async () => expect(await used()).toEqual([1, 1_000, 1, 1_000]));
  const { redemption: second } = await harness.client(till).redeemAtStore(sale());
  const untold = reversalOf({ ...second!, saleId: '' });
  expect(await used()).toEqual([2, 2_000, 2, 2_000]);
  await harness.service.publish(BenefitReversed, 'i', [{ reversal: untold }]);
  await eventually(async () => expect(await used()).toEqual([1, 1_000, 1, 1_000]));
});

it('answers the repeat of a redemption from before the budget with the first one, and charges nothing', async () => {
  const client = harness.client(till);
  const request = { ...sale(), code: 'once-1' };
  const { redemption } = await client.redeemAtStore(request);
  await put({ totalCount: 5 });
  expect((await client.redeemAtStore(request)).redemption).toEqual(redemption);
  await expect(client.redeemAtStore({ ...sale(), code: 'once-1' })).rejects.toMatchObject({ reason: 'CODE_USED' });
  expect(await used()).toEqual([0, 0, 0, 0]);
});

it('redeems nothing past the budget when the code goes stale between two steps', async () => {
  await put({ totalCount: 5 });
  const before = harness.benefits.redeemed.length;
  // Stale for the hold alone: a wallet whose clock is a step ahead says yes a moment later.
  await expect(harness.client(till).redeemAtStore({ ...sale(), code: 'late' })).rejects.toMatchObject({
    reason: 'CODE_STALE',
  });
  expect(harness.benefits.redeemed.slice(before).map(({ code }) => code)).toEqual(['late']);
  expect(await used()).toEqual([0, 0, 0, 0]);
});

it('says beforehand whether a sale fits, and takes nothing', async () => {
  await put({ totalCount: 1 });
  const client = harness.client(till);
  const { requestId: _none, ...asked } = sale();
  expect(await client.validateAtStore(asked)).toMatchObject({ amountMinor: 1_000, instances: [{ state: 'issued' }] });
  expect(await used()).toEqual([0, 0, 0, 0]);
  await client.redeemAtStore(sale());
  await expect(client.validateAtStore(asked)).rejects.toMatchObject({ reason: 'BUDGET_EXHAUSTED' });
  await expect(client.validateAtStore({ ...asked, code: 'stale' })).rejects.toMatchObject({ reason: 'CODE_STALE' });
  await expect(client.validateAtStore({ ...asked, clerkId: 'nobody' })).rejects.toMatchObject({
    reason: 'CLERK_NOT_FOUND',
  });
  const other = harness.client({ kind: 'merchant', id: 'tea-house', orgPath: '' });
  await expect(other.validateAtStore(asked)).rejects.toMatchObject({ reason: 'MERCHANT_OUT_OF_SCOPE' });
});

it('keeps budgets in order', async () => {
  await expect(put({}, { currency: 'RMB' })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  await put({ totalCount: 5 }, { currency: 'USD' });
  await expect(harness.client(till).redeemAtStore(sale())).rejects.toMatchObject({
    reason: 'BUDGET_CURRENCY_MISMATCH',
  });
  // Written in a wrong currency: limits nothing, and is put right while nothing is used.
  await put({}, { currency: 'USD' });
  expect((await harness.client(till).redeemAtStore(sale())).redemption).toBeDefined();
  await put({ totalCount: 5 });
  await harness.client(till).redeemAtStore(sale());
  expect(await used()).toEqual([1, 1_000, 1, 1_000]);
  await expect(put({}, { currency: 'USD' })).rejects.toMatchObject({ reason: 'BUDGET_CURRENCY_FIXED' });
  await expect(put({}, { storeId: 'nowhere' })).rejects.toMatchObject({ reason: 'STORE_NOT_FOUND' });
  await expect(put({}, { merchantId: 'nobody' })).rejects.toMatchObject({ reason: 'MERCHANT_NOT_FOUND' });
  await expect(put({ dailyCount: -1 })).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  const budget = { merchantId, storeId, currency: 'CNY', limits: noLimits, ...OUTPUT };
  const request = { requestId: newRequestId(), budget };
  await expect(budgets(till).putBudget(request)).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
  await expect(budgets({ orgPath: 'hq/west' }).putBudget(request)).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
  await put({}, { storeId: '' });
  const first = await budgets().listBudgets({ merchantId, pageSize: 1, pageToken: '' });
  const second = await budgets().listBudgets({ merchantId, pageSize: 1, pageToken: first.nextPageToken });
  expect([...first.budgets, ...second.budgets].map((each) => each.storeId)).toEqual(['', storeId]);
});
