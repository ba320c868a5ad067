import { BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { PersonsChanged } from '@tidegate/contracts/customers/v1/customers_events';
import { PROFILES_MAX } from '@tidegate/persons';
import { eventually, persistently, type TestService } from '@tidegate/testing';
import { newRequestId, seedMerchant, startMerchants, type MerchantsHarness } from '../../../testing/merchants.harness';
import { aRedemption } from '../../../testing/merchants.factory';
import { noSubsidy } from '../../testing/traffic.factory';
import { anArrival, customer, till, trafficFixture } from '../../testing/traffic.fixture';

// Goal: a natural person is counted, rewarded and paid for as one, under whichever of his profiles he comes, and as two when the join was a mistake.

const PATIENT = { timeoutMs: 60_000 };
const DAY_MS = 86_400_000;
const page = { pageSize: 0, pageToken: '' };

let harness: MerchantsHarness;
let replica: TestService;
let of: ReturnType<typeof trafficFixture>;
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

/** As a join, or its undoing, tells it; returns when it was heard. */
async function move(customerIds: string[], personKey: string, version: number): Promise<void> {
  const profiles = customerIds.map((customerId) => ({ customerId, personKey, version }));
  await harness.service.publish(PersonsChanged, personKey, [{ profiles }]);
  const links = harness.service.mongo.connection.collection<{ _id: string; personKey: string }>('person_links');
  await eventually(
    async () => expect(await links.countDocuments({ _id: { $in: customerIds }, personKey })).toBe(customerIds.length),
    PATIENT,
  );
}
const isCounted = async (planId: string, customerId: string): Promise<boolean> =>
  (await of.visit(planId, customerId)).isCounted;

it('counts a person once a day for a place and once for a poster, and two again when they were no person', async () => {
  const planId = await of.putPlan();
  const posterPlan = await of.putPlan({ direction: 'outlet_to_app', storeIds: [], tokenUseLimit: 10 });
  const door = { planId: posterPlan, storeId: '', outletPath: 'hq/east', customerId: '' };
  const { token } = await of.traffic().issueAttributionToken(door);
  const scan = (customerId: string) => of.traffic(customer(customerId)).recordVisit(anArrival(token, { customerId }));
  await move(['ada', 'bea'], 'key-ada', 1);
  expect(await isCounted(planId, 'ada')).toBe(true);
  expect(await isCounted(planId, 'bea')).toBe(false);
  await scan('bea');
  await expect(scan('ada')).rejects.toMatchObject({ reason: 'ATTRIBUTION_TOKEN_USED' });
  await move(['bea'], 'key-bea', 2);
  expect(await isCounted(planId, 'bea')).toBe(true);
  expect((await scan('ada')).isCounted).toBe(true);
});

it('shows as customers of a place the natural persons who came, by what is known of them now', async () => {
  const planId = await of.putPlan();
  const shown = async () => {
    const { results } = await of.traffic().listTrafficResults({ planId, ...page });
    return results.map(({ placeId, visitCount, customerCount }) => [placeId, visitCount, customerCount]);
  };
  for (const customerId of ['gil', 'hal', 'ida', 'jon']) expect(await isCounted(planId, customerId)).toBe(true);
  expect(await shown()).toEqual([['noodle-bar-1', 4, 4]]);
  await move(['gil', 'hal'], 'key-gil', 1);
  expect(await shown()).toEqual([['noodle-bar-1', 4, 3]]);
  harness.clock.advance(DAY_MS);
  expect(await isCounted(planId, 'hal')).toBe(true);
  expect(await shown()).toEqual([['noodle-bar-1', 5, 3]]);
  await move(['hal'], 'key-hal', 2);
  expect(await shown()).toEqual([['noodle-bar-1', 5, 4]]);
  // A key that a hundred and more share is a company's phone, and nobody's.
  await move(['ida', 'jon'], 'phone', 1);
  expect(await shown()).toEqual([['noodle-bar-1', 5, 3]]);
  const crowd = Array.from({ length: PROFILES_MAX - 1 }, (_, index) => `staff-${index}`);
  await move(crowd, 'phone', 1);
  expect(await shown()).toEqual([['noodle-bar-1', 5, 4]]);
});

it('moves a person towards a goal with the visits of all profiles, once for each day and place', async () => {
  const goals = [{ goalId: 'thrice', visitCount: 3, withinDays: 30, rewardStockId: '' }];
  const planId = await of.putPlan({ goals });
  // Both on one day, before it is known that they are one.
  for (const customerId of ['cai', 'dan']) expect(await isCounted(planId, customerId)).toBe(true);
  await move(['cai', 'dan'], 'key-cai', 1);
  const progress = async (customerId: string) => {
    const found = (await of.traffic(customer(customerId)).listVisitGoals({ customerId, ...page })).goals;
    const { visitCount, reachedCount } = found.find((each) => each.planId === planId)!;
    return [visitCount, reachedCount];
  };
  expect(await progress('dan')).toEqual([1, 0]);
  const come = async (customerId: string) => {
    harness.clock.advance(DAY_MS);
    return (await of.visit(planId, customerId)).reachedGoalIds;
  };
  expect(await come('dan')).toEqual([]);
  expect(await come('cai')).toEqual(['thrice']);
  expect(await come('dan')).toEqual([]);
  expect([await progress('cai'), await progress('dan')]).toEqual([
    [1, 1],
    [1, 1],
  ]);
});

it('owes a redemption under one profile to the visit of another', async () => {
  const subsidy = { ...noSubsidy(), currency: 'CNY', perRedemptionMinor: 70, attributionDays: 1 };
  const planId = await of.putPlan({ subsidy });
  await move(['eli', 'fay'], 'key-eli', 1);
  await of.visit(planId, 'eli');
  const what = aRedemption({ redemptionId: 'of-fay', redeemedAt: new Date('2026-11-22T04:30:00Z') });
  const redemption = { ...what, instanceId: 'i', stockId: 's', customerId: 'fay', saleId: 'sale' };
  await harness.service.publish(BenefitRedeemed, 'noodle-bar', [{ redemption }]);
  const list = { merchantId: 'noodle-bar', pageSize: 200, pageToken: '' };
  await eventually(async () => {
    const { subsidies } = await of.traffic(till).listSubsidies(list);
    expect(subsidies.filter((each) => each.planId === planId)).toMatchObject([
      { reference: 'of-fay', amountMinor: 70 },
    ]);
  }, PATIENT);
});

it('counts one visit of a person whose profiles come at once over two replicas', async () => {
  // Nothing is paid, so that no totals of the merchant are in each other's way.
  const planId = await of.putPlan();
  const profiles = Array.from({ length: 4 }, (_, index) => `rush-${index}`);
  await move(profiles, 'key-rush', 1);
  const arrivals = profiles.flatMap((customerId) =>
    [harness.service, replica].map(async (at) => {
      const { token } = await of.own(planId, customerId);
      const request = anArrival(token, { requestId: newRequestId() });
      return (await persistently(() => of.traffic(till, at).recordVisit(request))).isCounted;
    }),
  );
  expect((await Promise.all(arrivals)).filter((isNew) => isNew)).toHaveLength(1);
});
