import {
  onboard,
  newRequestId,
  seedMerchant,
  startMerchants,
  type MerchantsHarness,
} from '../../../testing/merchants.harness';
import { aClerk, aMerchant, aStore } from '../../../testing/merchants.factory';
import { anArrival, trafficFixture } from '../../testing/traffic.fixture';

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
