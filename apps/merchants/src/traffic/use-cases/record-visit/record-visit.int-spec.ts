import { BenefitRedeemed, BenefitReversed } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { DomainError } from '@tidegate/errors';
import { eventually, type TestService } from '@tidegate/testing';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../../testing/merchants.harness';
import { aRedemption } from '../../../testing/merchants.factory';
import type { TrafficPlan } from '../../domain/traffic-plan';
import { anArrival, customer, till, trafficFixture } from '../../testing/traffic.fixture';
import { aPlan, noSubsidy } from '../../testing/traffic.factory';

// Goal: a visit is counted once, whoever tries what how often and where, and earns exactly what the rule and its limits say.

let harness: MerchantsHarness;
let replica: TestService;
beforeAll(async () => {
  harness = await startMerchants();
  await seedMerchant(harness);
  replica = await harness.startReplica();
  of = trafficFixture(harness);
});
afterAll(async () => {
  await replica?.stop();
  await harness?.stop();
});
beforeEach(() => harness.clock.set(new Date('2026-11-22T04:00:00Z')));

const DAY_MS = 86_400_000;
const page = { pageSize: 0, pageToken: '' };
const east = { id: 'east-staff', orgPath: 'hq/east' };

let of: ReturnType<typeof trafficFixture>;
const traffic: typeof of.traffic = (...on) => of.traffic(...on);
const putPlan: typeof of.putPlan = (plan) => of.putPlan(plan);
const own: typeof of.own = (...whose) => of.own(...whose);
const atStore: typeof of.visit = (...who) => of.visit(...who);
const arrival = anArrival;

it('counts a customer who was led from the app to a store once a day, and each token once', async () => {
  const planId = await putPlan();
  const { token, expiresAt } = await own(planId);
  expect(expiresAt).toEqual(new Date('2026-11-22T05:00:00Z'));
  const request = arrival(token);
  const first = await traffic(till).recordVisit(request);
  expect(first).toMatchObject({ isCounted: true, visit: { planId, placeId: 'noodle-bar-1', customerId: '' } });
  expect(await traffic(till).recordVisit(request)).toEqual(first);
  harness.clock.set(expiresAt!);
  expect(await traffic(till).recordVisit(request)).toEqual(first);
  harness.clock.set(new Date('2026-11-22T04:00:00Z'));
  await expect(traffic(till).recordVisit(arrival(token))).rejects.toMatchObject({ reason: 'ATTRIBUTION_TOKEN_USED' });
  expect((await atStore(planId)).isCounted).toBe(false);
  expect((await atStore(planId, 'c-2')).isCounted).toBe(true);
  harness.clock.advance(DAY_MS);
  expect((await atStore(planId)).isCounted).toBe(true);

  const { visits } = await traffic().listVisits({ planId, merchantId: '', ...page });
  expect(visits.map(({ customerId, businessDate }) => [customerId, businessDate])).toEqual([
    ['c-1', '2026-11-23'],
    ['c-2', '2026-11-22'],
    ['c-1', '2026-11-22'],
  ]);
  const mine = await traffic(till).listVisits({ planId: '', merchantId: 'noodle-bar', pageSize: 2, pageToken: '' });
  const rest = await traffic(till).listVisits({
    ...{ planId: '', merchantId: 'noodle-bar', pageSize: 2, pageToken: mine.nextPageToken },
  });
  expect([...mine.visits, ...rest.visits].map(({ customerId }) => customerId)).toEqual(['', '', '']);
  expect(Buffer.from(mine.nextPageToken, 'base64url').toString('latin1')).not.toMatch(/c-[12]/);
  const { results } = await traffic().listTrafficResults({ planId, ...page });
  expect(results).toMatchObject([
    { placeId: 'noodle-bar-1', merchantId: 'noodle-bar', visitCount: 3, customerCount: 2 },
  ]);
});

it('lets one of many equal arrivals in, over two replicas', async () => {
  const planId = await putPlan();
  const { token } = await own(planId);
  const outcomes = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      traffic(till, index % 2 ? replica : harness.service)
        .recordVisit(arrival(token))
        .then(
          ({ isCounted }) => `counted ${isCounted}`,
          (error: DomainError) => error.reason,
        ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === 'counted true')).toHaveLength(1);
  const refusals = outcomes.filter((outcome) => outcome !== 'counted true');
  for (const refusal of refusals) expect(['ATTRIBUTION_TOKEN_USED', 'WRITE_CONFLICT']).toContain(refusal);
});

it('refuses what is forged, late, foreign or out of place', async () => {
  const planId = await putPlan();
  const { token } = await own(planId);
  const attempt = (overrides: object, actor: object = till) => traffic(actor).recordVisit(arrival(token, overrides));
  await expect(attempt({ token: `${token.slice(0, -2)}xx` })).rejects.toMatchObject({
    reason: 'ATTRIBUTION_TOKEN_INVALID',
  });
  await expect(attempt({}, { kind: 'merchant', id: 'tea-house' })).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  await expect(attempt({ customerId: 'c-2' })).rejects.toMatchObject({ reason: 'TOKEN_OF_OTHER_CUSTOMER' });
  await expect(attempt({ clerkId: 'nobody' })).rejects.toMatchObject({ reason: 'CLERK_NOT_FOUND' });
  await expect(own('no-plan')).rejects.toMatchObject({ reason: 'PLAN_NOT_FOUND' });
  await expect(own(planId, 'c-1', 'elsewhere')).rejects.toMatchObject({ reason: 'STORE_NOT_FOUND' });
  await expect(
    traffic(customer('c-2')).issueAttributionToken({
      planId,
      storeId: 'noodle-bar-1',
      customerId: 'c-1',
      outletPath: '',
    }),
  ).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  harness.clock.advance(3_600_000);
  await expect(attempt({})).rejects.toMatchObject({ reason: 'ATTRIBUTION_TOKEN_EXPIRED' });
  harness.clock.set(new Date('2026-12-31T00:00:00Z'));
  await expect(own(planId)).rejects.toMatchObject({ reason: 'PLAN_NOT_RUNNING' });
  const west = { id: 'w', orgPath: 'hq/west' };
  await expect(traffic(west).getTrafficPlan({ planId })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(traffic(west).listVisits({ planId, merchantId: '', ...page })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
});

it('leads from a store to an outlet by one poster, as many customers as it may, each once', async () => {
  const subsidy = { ...noSubsidy(), currency: 'CNY', perVisitMinor: 500 };
  const planId = await putPlan({ direction: 'store_to_outlet', tokenUseLimit: 2, subsidy });
  const poster = { planId, storeId: 'noodle-bar-1', outletPath: 'hq/east', customerId: '' };
  const { token } = await traffic(till).issueAttributionToken(poster);
  const come = (customerId: string, overrides = {}) =>
    traffic(east).recordVisit(arrival(token, { customerId, outletPath: 'hq/east', ...overrides }));
  expect(await come('c-1')).toMatchObject({
    isCounted: true,
    subsidyMinor: 500,
    visit: { sourceId: 'noodle-bar-1', placeId: 'hq/east', merchantId: 'noodle-bar' },
  });
  await expect(come('c-1')).rejects.toMatchObject({ reason: 'ATTRIBUTION_TOKEN_USED' });
  await expect(come('')).rejects.toMatchObject({ reason: 'CUSTOMER_MISSING' });
  await expect(come('c-2', { outletPath: 'hq/west' })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  expect((await come('c-2')).isCounted).toBe(true);
  await expect(come('c-3')).rejects.toMatchObject({ reason: 'ATTRIBUTION_TOKEN_USED' });
});

it('leads from an outlet into the app', async () => {
  const planId = await putPlan({ direction: 'outlet_to_app', storeIds: [], tokenUseLimit: 100 });
  const poster = { planId, storeId: '', outletPath: 'hq/east', customerId: '' };
  await expect(traffic(till).issueAttributionToken(poster)).rejects.toMatchObject({ reason: 'STAFF_ONLY' });
  const { token } = await traffic(east).issueAttributionToken(poster);
  const visit = arrival(token, { customerId: 'c-1', merchantId: '', storeId: '', clerkId: '' });
  await expect(traffic(customer('c-2')).recordVisit(visit)).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  const counted = await traffic(customer('c-1')).recordVisit(visit);
  expect(counted).toMatchObject({ isCounted: true, visit: { sourceId: 'hq/east', placeId: 'app', merchantId: '' } });
});

it('reaches a visit goal once by the visits that reached it', async () => {
  harness.benefits.stocks.set('noodle-packet', 'hq/east');
  const goals = [{ goalId: 'twice', visitCount: 2, withinDays: 30, rewardStockId: 'noodle-packet' }];
  const planId = await putPlan({ goals });
  expect((await atStore(planId)).reachedGoalIds).toEqual([]);
  harness.clock.advance(DAY_MS);
  expect((await atStore(planId)).reachedGoalIds).toEqual(['twice']);
  harness.clock.advance(DAY_MS);
  expect((await atStore(planId)).reachedGoalIds).toEqual([]);
  const progress = await traffic(customer('c-1')).listVisitGoals({ customerId: 'c-1', ...page });
  expect(progress.goals.find((each) => each.planId === planId)).toMatchObject({ visitCount: 1, reachedCount: 1 });
  await expect(traffic(customer('c-2')).listVisitGoals({ customerId: 'c-1', ...page })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
});

it('pays visits and redemptions by rule, no more than the limits, and takes back what is reversed', async () => {
  const subsidy = {
    ...{ ...noSubsidy(), currency: 'CNY', perVisitMinor: 100, perRedemptionMinor: 50, redemptionBasisPoints: 1_000 },
    ...{ attributionDays: 1, dailyLimitMinor: 500 },
  };
  const planId = await putPlan({ subsidy });
  expect((await atStore(planId, 'payer')).subsidyMinor).toBe(100);
  const redemption = (redemptionId: string, overrides = {}) => ({
    redemption: {
      ...aRedemption({ redemptionId, redeemedAt: new Date('2026-11-22T04:30:00Z'), ...overrides }),
      instanceId: redemptionId,
      stockId: 's',
      customerId: 'payer',
      saleId: `sale-${redemptionId}`,
    },
  });
  const reversal = (reversalId: string, redemptionId: string, amountMinor: number) => ({
    reversal: {
      ...{
        reversalId,
        redemptionId,
        saleId: `sale-${redemptionId}`,
        amountMinor,
        merchantId: 'noodle-bar',
        currency: 'CNY',
        shares: [],
        storeId: 'noodle-bar-1',
        clerkId: 'li-wei',
        reason: 'wrong item',
      },
      reversedAt: new Date('2026-11-22T05:00:00Z'),
    },
  });
  // The reversal of r-2 is heard of first; r-1 comes twice.
  await harness.service.publish(BenefitReversed, 'i', [reversal('v-2', 'r-2', 1_000)]);
  await eventually(async () =>
    expect(await harness.service.mongo.connection.collection('early_reversals').countDocuments()).toBe(1),
  );
  const led = [redemption('r-1'), redemption('r-2'), redemption('r-3')];
  const foreign = [redemption('r-4', { storeId: 'noodle-bar-2' }), redemption('r-5', { currency: 'USD' })];
  await harness.service.publish(BenefitRedeemed, 'noodle-bar', [...led, ...foreign], 'twice');
  await harness.service.publish(BenefitRedeemed, 'noodle-bar', [...led, ...foreign], 'twice');
  const lines = async () => {
    const { subsidies } = await traffic(till).listSubsidies({ merchantId: 'noodle-bar', pageSize: 200, pageToken: '' });
    const ofPlan = subsidies.filter((each) => each.planId === planId);
    return ofPlan.map(({ cause, amountMinor, ruleAmountMinor }) => `${cause} ${amountMinor}/${ruleAmountMinor}`).sort();
  };
  // 150 a redemption: 100 + 150 + 150 leave 100 of the day's 500 for the third.
  const earned = [
    'redemption 100/150',
    'redemption 150/150',
    'redemption 150/150',
    'reversal -150/-150',
    'visit 100/100',
  ];
  await eventually(async () => expect(await lines()).toEqual(earned));
  let pageToken = '';
  do {
    const one = { merchantId: 'noodle-bar', pageSize: 1, pageToken };
    pageToken = (await traffic(till).listSubsidies(one)).nextPageToken;
    expect(Buffer.from(pageToken, 'base64url').toString('latin1')).not.toContain('c-1');
  } while (pageToken !== '');

  await harness.service.publish(BenefitReversed, 'i', [reversal('v-1a', 'r-1', 500)]);
  await eventually(async () => expect(await lines()).toContain('reversal -75/-75'));
  await harness.service.publish(BenefitReversed, 'i', [reversal('v-1b', 'r-1', 500)]);
  await eventually(async () => expect((await lines()).filter((line) => line === 'reversal -75/-75')).toHaveLength(2));
  const span = { merchantId: 'noodle-bar', fromDate: '2026-11-22', toDate: '2026-11-22' };
  const { totals } = await traffic(till).getSubsidySummary(span);
  const total = { planId, currency: 'CNY', payer: 'bank', visitCount: 1, redemptionCount: 3, amountMinor: 200 };
  expect(totals).toContainEqual(total);
  expect((await traffic(till).getSubsidySummary({ ...span, fromDate: '', toDate: '' })).totals).toContainEqual(total);
  const { results } = await traffic().listTrafficResults({ planId, ...page });
  expect(results).toMatchObject([{ placeId: 'noodle-bar-1', redemptionCount: 3, subsidyMinor: 200 }]);
  await expect(traffic({ kind: 'merchant', id: 'tea-house' }).getSubsidySummary(span)).rejects.toMatchObject({
    reason: 'MERCHANT_OUT_OF_SCOPE',
  });
  await expect(traffic(till).getSubsidySummary({ ...span, toDate: '2027-11-23' })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
  });
});

it('never pays more than a total limit to visits that come at once over two replicas', async () => {
  const planId = await putPlan({
    subsidy: { ...noSubsidy(), currency: 'CNY', perVisitMinor: 100, totalLimitMinor: 450 },
  });
  const tokens = await Promise.all(Array.from({ length: 8 }, (_, index) => own(planId, `rush-${index}`)));
  const visit = async (token: string, index: number): Promise<number> => {
    const request = arrival(token);
    const record = () => traffic(till, index % 2 ? replica : harness.service).recordVisit(request);
    return eventually(async () => (await record()).subsidyMinor);
  };
  const paid = await Promise.all(tokens.map(({ token }, index) => visit(token, index)));
  expect(paid.sort((left, right) => left - right)).toEqual([0, 0, 0, 50, 100, 100, 100, 100]);
});

it('keeps plans in order', async () => {
  const put = (plan: TrafficPlan, actor: object = {}) =>
    traffic(actor).putTrafficPlan({ requestId: newRequestId(), plan });
  harness.benefits.stocks.set('western', 'hq/west').set('bank-wide', 'hq').set('eastern', 'hq/east/shanghai');
  const giving = (rewardStockId: string) =>
    aPlan({ planId: 'new', goals: [{ goalId: 'g', visitCount: 1, withinDays: 1, rewardStockId }] });
  await put({ ...giving('eastern'), planId: await putPlan() }, east);
  const reasons: [TrafficPlan, string, object?][] = [
    [aPlan({ planId: 'new', storeIds: ['nowhere'] }), 'STORE_NOT_FOUND'],
    [aPlan({ planId: 'new', orgPath: 'hq/nowhere' }), 'ORG_UNIT_NOT_FOUND'],
    [giving('no-stock'), 'STOCK_NOT_FOUND'],
    [giving('western'), 'ORG_OUT_OF_SCOPE', east],
    [giving('bank-wide'), 'ORG_OUT_OF_SCOPE', east],
    [aPlan({ planId: 'new' }), 'ORG_OUT_OF_SCOPE', { orgPath: 'hq/west' }],
    [aPlan({ planId: 'new', orgPath: 'hq/west' }), 'ORG_OUT_OF_SCOPE', { orgPath: 'hq/west' }],
    [aPlan({ planId: 'new' }), 'STAFF_ONLY', till],
    [aPlan({ planId: 'new', tokenLifeSeconds: 59 }), 'VALIDATION_FAILED'],
    [aPlan({ planId: 'new', subsidy: { ...noSubsidy(), currency: 'RMB', perVisitMinor: 1 } }), 'VALIDATION_FAILED'],
    [aPlan({ planId: 'new', endsAt: new Date('2026-10-01T00:00:00Z') }), 'VALIDATION_FAILED'],
  ];
  for (const [plan, reason, actor] of reasons) await expect(put(plan, actor)).rejects.toMatchObject({ reason });
  const first = await traffic(customer('c-1')).listTrafficPlans({ pageSize: 2, pageToken: '' });
  const second = await traffic(customer('c-1')).listTrafficPlans({ pageSize: 200, pageToken: first.nextPageToken });
  expect(first.plans.length + second.plans.length).toBe(of.planIds.length);
  expect([...first.plans, ...second.plans].every(({ subsidy }) => subsidy?.currency === '')).toBe(true);
  expect((await traffic({ orgPath: 'hq/west' }).listTrafficPlans(page)).plans).toEqual([]);
});
