import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import { eventually } from '@tidegate/testing';
import {
  onboard,
  newRequestId,
  seedMerchant,
  startMerchants,
  suspend,
  type MerchantsHarness,
} from '../../../testing/merchants.harness';
import { aClerk, aMerchant, aRedemption, aStore } from '../../../testing/merchants.factory';
import { aPlan, noSubsidy } from '../../testing/traffic.factory';
import { anArrival, till, trafficFixture } from '../../testing/traffic.fixture';

// Goal: nobody makes the branch of another organisation pay, and what a place is paid for happened there.

let harness: MerchantsHarness;
let of: ReturnType<typeof trafficFixture>;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  await onboard(harness, aMerchant({ merchantId: 'tea-house', orgPath: 'hq/west' }));
  const place = { storeId: 'tea-house-1', merchantId: 'tea-house' };
  await harness.client().putStore({ requestId: newRequestId(), store: aStore(place) });
  await harness.client().putClerk({ requestId: newRequestId(), clerk: aClerk({ ...place, clerkId: 'mo' }) });
  of = trafficFixture(harness);
});
afterAll(() => harness?.stop());

const teaHouse = { kind: 'merchant', id: 'tea-house', orgPath: '' };
const atTeaHouse = { merchantId: 'tea-house', storeId: 'tea-house-1', clerkId: 'mo' };
const notInPlan = { reason: 'PLACE_NOT_IN_PLAN' };

it('takes in stores of the plan’s own organisation alone when it names none', async () => {
  const planId = await of.putPlan({ storeIds: [] });
  expect((await of.visit(planId)).isCounted).toBe(true);
  await expect(of.own(planId, 'c-1', 'tea-house-1')).rejects.toMatchObject(notInPlan);
  const outwards = await of.putPlan({ direction: 'store_to_outlet', storeIds: [] });
  const poster = { planId: outwards, storeId: 'tea-house-1', outletPath: '', customerId: '' };
  await expect(of.traffic(teaHouse).issueAttributionToken(poster)).rejects.toMatchObject(notInPlan);
});

it('counts nobody at, or from, a store that has left the plan since its token was signed', async () => {
  const named = { storeIds: ['tea-house-1'] };
  const planId = await of.putPlan(named);
  const { token } = await of.own(planId, 'c-1', 'tea-house-1');
  await of.putPlan({ planId, storeIds: [] });
  await expect(of.traffic(teaHouse).recordVisit(anArrival(token, atTeaHouse))).rejects.toMatchObject(notInPlan);

  const outwards = await of.putPlan({ direction: 'store_to_outlet', ...named });
  const poster = { planId: outwards, storeId: 'tea-house-1', outletPath: '', customerId: '' };
  const shown = await of.traffic(teaHouse).issueAttributionToken(poster);
  await of.putPlan({ planId: outwards, direction: 'store_to_outlet', storeIds: [] });
  const come = anArrival(shown.token, { outletPath: 'hq/east', customerId: 'c-1' });
  await expect(of.traffic({ orgPath: 'hq/east' }).recordVisit(come)).rejects.toMatchObject(notInPlan);
});

it('counts nobody whom a till brings in from another street, and asks where the till is if its store wants to know', async () => {
  const planId = await of.putPlan({ storeIds: [] });
  const there = { longitude: 121.475, latitude: 31.233 };
  const far = { longitude: 121.475, latitude: 31.333 };
  await expect(of.visit(planId, 'c-1', { place: far })).rejects.toMatchObject({ reason: 'TILL_TOO_FAR' });
  const request = anArrival((await of.own(planId)).token, { place: there });
  const first = await of.traffic(till).recordVisit(request);
  expect(first.isCounted).toBe(true);
  // A repeat some metres on is the same visit.
  const moved = { ...request, place: { ...there, latitude: 31.2331 } };
  expect(await of.traffic(till).recordVisit(moved)).toEqual(first);
  await harness.client().putStore({ requestId: newRequestId(), store: aStore({ tillRadiusMeters: 100 }) });
  await expect(of.visit(planId, 'c-2')).rejects.toMatchObject({ reason: 'TILL_PLACE_MISSING' });
  expect((await of.visit(planId, 'c-2', { place: there })).isCounted).toBe(true);
  await harness.client().putStore({ requestId: newRequestId(), store: aStore() });
});

it('shows a merchant what is paid where a store of his takes part, and a customer nothing of it', async () => {
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 700, totalLimitMinor: 9_000 };
  const named = await of.putPlan({ subsidy });
  const branch = await of.putPlan({ storeIds: [], subsidy });
  const both = await of.putPlan({ storeIds: ['noodle-bar-1', 'tea-house-1'], orgPath: 'hq', subsidy });
  const paid = async (actor: object) => {
    const { plans } = await of.traffic(actor).listTrafficPlans({ pageSize: 200, pageToken: '' });
    const shown = plans.filter(({ planId }) => [named, branch, both].includes(planId));
    return shown.map((plan) => [plan.subsidy?.currency, plan.subsidy?.perVisitMinor, plan.subsidy?.totalLimitMinor]);
  };
  const [all, none] = [
    ['CNY', 700, 9_000],
    ['', 0, 0],
  ];
  expect(await paid(till)).toEqual([all, all, all]);
  expect(await paid(teaHouse)).toEqual([none, none, all]);
  expect(await paid({ kind: 'merchant', id: 'nobody', orgPath: '' })).toEqual([none, none, none]);
  expect(await paid({ kind: 'customer', id: 'c-1', orgPath: '' })).toEqual([none, none, none]);
});

it('counts for each merchant under request ids of his own', async () => {
  const planId = await of.putPlan({ storeIds: ['noodle-bar-1', 'tea-house-1'], orgPath: 'hq' });
  const requestId = 'one';
  const noodles = await of.own(planId, 'c-8');
  const tea = await of.own(planId, 'c-9', 'tea-house-1');
  const first = await of.traffic(till).recordVisit(anArrival(noodles.token, { requestId }));
  const other = await of.traffic(teaHouse).recordVisit(anArrival(tea.token, { requestId, ...atTeaHouse }));
  expect([first, other].map(({ isCounted, visit }) => [isCounted, visit?.merchantId])).toEqual([
    [true, 'noodle-bar'],
    [true, 'tea-house'],
  ]);
});

it('tells a till that repeats its first answer when its store has closed meanwhile, and nobody else', async () => {
  const planId = await of.putPlan();
  const { token } = await of.own(planId, 'c-7');
  const request = anArrival(token, { requestId: newRequestId() });
  const first = await of.traffic(till).recordVisit(request);
  const close = (isOpen: boolean) =>
    harness.client().putStore({ requestId: newRequestId(), store: aStore({ isOpen }) });
  await close(false);
  expect(await of.traffic(till).recordVisit(request)).toEqual(first);
  for (const [overrides, actor, reason] of [
    [{ requestId: newRequestId() }, till, 'STORE_CLOSED'],
    [{ clerkId: 'other' }, till, 'REQUEST_ID_REUSED'],
    [{}, teaHouse, 'MERCHANT_OUT_OF_SCOPE'],
  ] as const) {
    const refused = of.traffic(actor).recordVisit({ ...request, ...overrides });
    await expect(refused).rejects.toMatchObject({ reason });
  }
  await close(true);
});

it('counts who comes by the poster of a suspended merchant, and pays nothing for it', async () => {
  await onboard(harness, aMerchant({ merchantId: 'book-shop' }));
  const place = { storeId: 'book-shop-1', merchantId: 'book-shop' };
  await harness.client().putStore({ requestId: newRequestId(), store: aStore(place) });
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 300 };
  const terms = { direction: 'store_to_outlet' as const, storeIds: [place.storeId], tokenUseLimit: 10, subsidy };
  const poster = { planId: await of.putPlan(terms), storeId: place.storeId, outletPath: '', customerId: '' };
  const { token } = await of.traffic({ kind: 'merchant', id: 'book-shop', orgPath: '' }).issueAttributionToken(poster);
  const come = (customerId: string) =>
    of.traffic().recordVisit(anArrival(token, { customerId, outletPath: 'hq/east' }));
  expect(await come('c-1')).toMatchObject({ isCounted: true, subsidyMinor: 300 });
  await suspend(harness, 'book-shop');
  expect(await come('c-2')).toMatchObject({ isCounted: true, subsidyMinor: 0 });
});

it('lets no merchant take a plan that pays along to another organisation', async () => {
  const noodles = aMerchant({ merchantId: 'wonton-bar' });
  await onboard(harness, noodles);
  const place = { storeId: 'wonton-bar-1', merchantId: 'wonton-bar' };
  await harness.client().putStore({ requestId: newRequestId(), store: aStore(place) });
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 300 };
  const planId = await of.putPlan({ storeIds: [place.storeId], subsidy });
  await of.putPlan({ storeIds: [place.storeId] });
  await suspend(harness, 'wonton-bar');
  const move = (orgPath: string) =>
    harness.client().putMerchant({ requestId: newRequestId(), merchant: { ...noodles, orgPath } });
  await expect(move('hq/west')).rejects.toMatchObject({ reason: 'MERCHANT_IN_PLAN', metadata: { planId } });
  await of.putPlan({ planId, storeIds: ['noodle-bar-1'], subsidy });
  expect((await move('hq/west')).merchant?.orgPath).toBe('hq/west');
});

it('has either the plan that pays or the move, when both come at once', async () => {
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 300 };
  for (let round = 0; round < 8; round += 1) {
    const merchantId = `mover-${round}`;
    const merchant = aMerchant({ merchantId });
    await onboard(harness, merchant);
    await harness
      .client()
      .putStore({ requestId: newRequestId(), store: aStore({ storeId: `${merchantId}-1`, merchantId }) });
    await suspend(harness, merchantId);
    const [plan, move] = await Promise.allSettled([
      of.traffic({ orgPath: 'hq/east' }).putTrafficPlan({
        requestId: newRequestId(),
        plan: aPlan({ planId: `moving-${round}`, storeIds: [`${merchantId}-1`], subsidy }),
      }),
      harness.client().putMerchant({ requestId: newRequestId(), merchant: { ...merchant, orgPath: 'hq/west' } }),
    ]);
    expect([round, plan.status, move.status]).not.toEqual([round, 'fulfilled', 'fulfilled']);
  }
});

it('takes a subsidy back to the organisation that gave it when the merchant belongs to another by then', async () => {
  const dumplings = aMerchant({ merchantId: 'dumpling-bar' });
  await onboard(harness, dumplings);
  const place = { storeId: 'dumpling-bar-1', merchantId: 'dumpling-bar' };
  await harness.client().putStore({ requestId: newRequestId(), store: aStore(place) });
  await harness.client().putClerk({ requestId: newRequestId(), clerk: aClerk({ ...place, clerkId: 'bao' }) });
  const subsidy = { ...noSubsidy(), currency: 'CNY', perRedemptionMinor: 70, attributionDays: 1 };
  const planId = await of.putPlan({ storeIds: [place.storeId], subsidy });
  const { token } = await of.own(planId, 'eater', place.storeId);
  const keeper = { kind: 'merchant', id: 'dumpling-bar', orgPath: '' };
  await of.traffic(keeper).recordVisit(anArrival(token, { ...place, clerkId: 'bao' }));
  const redeemedAt = harness.clock.now();
  const redemption = aRedemption({
    redemptionId: 'dumplings',
    amountMinor: 1_000,
    redeemedAt,
    ...place,
    clerkId: 'bao',
  });
  const benefit = { instanceId: 'i', stockId: 's', customerId: 'eater', saleId: 'sale' };
  await harness.service.publish(BenefitRedeemed, 'dumpling-bar', [{ redemption: { ...redemption, ...benefit } }]);
  const subsidies = async () => {
    const list = { merchantId: 'dumpling-bar', pageSize: 0, pageToken: '' };
    const found = (await of.traffic().listSubsidies(list)).subsidies;
    return found.map(({ cause, amountMinor, orgPath }) => [cause, amountMinor, orgPath]);
  };
  await eventually(async () => expect(await subsidies()).toEqual([['redemption', 70, 'hq/east']]));

  await of.putPlan({ planId, subsidy });
  await suspend(harness, 'dumpling-bar');
  const moved = { requestId: newRequestId(), merchant: { ...dumplings, orgPath: 'hq/west' } };
  expect((await harness.client().putMerchant(moved)).merchant?.orgPath).toBe('hq/west');
  const { redemptionId, amountMinor, currency } = redemption;
  const undone = { ...place, redemptionId, saleId: 'sale', amountMinor, currency, shares: [] };
  const reversal = { ...undone, reversalId: 'undone', clerkId: 'bao', reason: 'x', reversedAt: redeemedAt };
  await harness.service.publish(BenefitReversed, 'dumpling-bar', [{ reversal }]);
  await eventually(async () =>
    expect((await subsidies()).sort()).toEqual([
      ['redemption', 70, 'hq/east'],
      ['reversal', -70, 'hq/east'],
    ]),
  );
  const adjustments = harness.clientOf(SettlementServiceService);
  await eventually(async () => {
    const page = { merchantId: 'dumpling-bar', pageSize: 0, pageToken: '' };
    const booked = (await adjustments.listAdjustments(page)).adjustments;
    expect(booked.map(({ amountMinor: minor, partyId }) => [minor, partyId]).sort()).toEqual([
      [-70, 'hq/east'],
      [70, 'hq/east'],
    ]);
  });
});

it('sums what visits of an outlet cost by the outlet, whichever store sent them', async () => {
  const terms = { direction: 'store_to_outlet' as const, tokenUseLimit: 10 };
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 300 };
  const planId = await of.putPlan({ ...terms, storeIds: ['noodle-bar-1', 'tea-house-1'], orgPath: 'hq', subsidy });
  const poster = { planId, outletPath: '', customerId: '' };
  const [noodles, tea] = await Promise.all([
    of.traffic(till).issueAttributionToken({ ...poster, storeId: 'noodle-bar-1' }),
    of.traffic(teaHouse).issueAttributionToken({ ...poster, storeId: 'tea-house-1' }),
  ]);
  const come = (token: string, customerId: string, outletPath: string) =>
    of.traffic().recordVisit(anArrival(token, { customerId, outletPath }));
  await come(noodles.token, 'c-1', 'hq/east');
  await come(tea.token, 'c-2', 'hq/east');
  await come(tea.token, 'c-3', 'hq/west');
  const { results } = await of.traffic().listTrafficResults({ planId, pageSize: 0, pageToken: '' });
  expect(results).toMatchObject([
    { placeId: 'hq/east', merchantId: '', visitCount: 2, subsidyMinor: 600 },
    { placeId: 'hq/west', merchantId: '', visitCount: 1, subsidyMinor: 300 },
  ]);
});
