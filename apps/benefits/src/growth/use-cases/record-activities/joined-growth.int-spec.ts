import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { aGrowthPlan } from '../../testing/growth.factory';
import { ReviewLevelsUseCase } from '../review-levels/review-levels.use-case';

// Goal: a level, and what it brings, is a natural person's: his profiles' growth adds up, and nobody has a benefit of it twice.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
let first: TestService;
let second: TestService;
let count = 0;

const growth = (service = first) => service.client(GrowthServiceService);

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  const plan = aGrowthPlan({}, { validTo: new Date('2026-05-15T00:00:00Z') });
  await growth().createGrowthPlan({ requestId: 'plan', plan });
  const checker = first.client(GrowthServiceService, { id: 'checker' });
  await checker.moveGrowthPlan({ requestId: 'plan', definitionId: 'card-growth', move: 'approve' });
  await eventually(async () => {
    expect((await growth(second).getGrowth({ customerId: 'nobody' })).standings).toHaveLength(1);
  });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

async function pay(customerId: string, yuan: number, service = first, occurredAt = clock.now()): Promise<void> {
  const data = { amountMinor: yuan * 100, currency: 'CNY', operation: 'card_payment' };
  const factId = `joined-${(count += 1)}`;
  const fact = FactRecorded.fromPartial({ factId, factType: 'transaction', customerId, data, occurredAt });
  await service.publish(FactRecorded, customerId, [fact]);
}
const link = (customerId: string, personId: string) =>
  first.client(BenefitsServiceService).linkPerson({ requestId: `link-${(count += 1)}`, customerId, personId });
const standingOf = async (customerId: string) => (await growth().getGrowth({ customerId })).standings[0];
const rewardsOf = async (...customerIds: string[]): Promise<(number | undefined)[]> => {
  const owed = await Promise.all(
    customerIds.map((customerId) =>
      first.client(RewardsServiceService).listRewards({ customerId, pageSize: 0, pageToken: '' }),
    ),
  );
  return owed.flatMap(({ rewards }) => rewards.map(({ reward }) => reward?.points)).sort();
};
const comesTo = (customerId: string, standing: object): Promise<void> =>
  eventually(async () => expect(await standingOf(customerId)).toMatchObject(standing), PATIENT);
const review = () => Promise.all([first, second].map(({ app }) => app.get(ReviewLevelsUseCase).execute()));

it('adds up what both profiles have after they were joined, with the benefits that neither had', async () => {
  await pay('uma', 150);
  await pay('uma-too', 140);
  await comesTo('uma', { level: 2, growth: 150 });
  await comesTo('uma-too', { level: 2, growth: 140 });
  expect(await rewardsOf('uma', 'uma-too')).toEqual([20, 20]);
  for (const id of ['uma', 'uma-too']) await link(id, 'uma');
  expect(await standingOf('uma')).toMatchObject({ level: 2, growth: 290, nextLevelGrowth: 300 });
  await pay('uma-too', 10);
  await comesTo('uma-too', { level: 3, growth: 300 });
  await comesTo('uma', { level: 3, growth: 300 });
  expect(await rewardsOf('uma', 'uma-too')).toEqual([20, 20, 50, 8].sort());
  // The month's benefit comes once, however many replicas review which profile.
  const march = clock.now();
  clock.set(new Date('2026-04-02T00:00:00Z'));
  await review();
  expect(await rewardsOf('uma', 'uma-too')).toEqual([20, 20, 50, 8, 8].sort());
  // Taken apart, neither has the growth of gold; a plan that is over changes nothing any more.
  await link('uma-too', 'apart');
  clock.set(new Date('2026-05-02T00:00:00Z'));
  await review();
  expect((await standingOf('uma'))?.graceEndsAt).toEqual(new Date('2026-05-09T00:00:00Z'));
  clock.set(new Date('2026-05-16T00:00:00Z'));
  await review();
  const accounts = first.mongo.connection.collection('growth_accounts');
  const levels = await accounts.find({ customerId: { $in: ['uma', 'uma-too'] } }).toArray();
  expect(levels.map(({ level }) => Number(level))).toEqual([3, 3]);
  clock.set(march);
});

it('gives what a level brings once, when profiles of a person reach it at once on two replicas', async () => {
  const profiles = ['vic', 'vic-too', 'vic-three', 'vic-four'];
  for (const id of profiles) await link(id, 'vic');
  await Promise.all(profiles.map((id, index) => pay(id, 90, index % 2 ? first : second)));
  for (const id of profiles) await comesTo(id, { level: 3, growth: 360 });
  expect(await rewardsOf(...profiles)).toEqual([20, 50, 8].sort());
});

it('counts what is told after the end of a plan as on its last day: no benefit of a later month, no level by later months', async () => {
  const march = clock.now();
  for (const at of ['2026-04-20T00:00:00Z', '2026-05-10T00:00:00Z']) {
    clock.set(new Date(at));
    await pay('wyn', at.includes('-04-') ? 280 : 10);
    await comesTo('wyn', { level: 2, growth: at.includes('-04-') ? 280 : 290 });
  }
  clock.set(new Date('2026-06-10T00:00:00Z'));
  const late = new Date('2026-05-11T00:00:00Z');
  await pay('wyn', 10, first, late);
  const accounts = first.mongo.connection.collection('growth_accounts');
  const levelOf = async (customerId: string) => Number((await accounts.findOne({ customerId }))?.level);
  await eventually(async () => expect(await levelOf('wyn')).toBe(3), PATIENT);
  // Gold, as he was before the plan ended, with its benefit of May.
  expect(await rewardsOf('wyn')).toEqual([20, 50, 8].sort());
  const { rewards } = await first
    .client(RewardsServiceService)
    .listRewards({ customerId: 'wyn', pageSize: 0, pageToken: '' });
  expect(rewards).toHaveLength(3);
  clock.set(new Date('2026-07-02T00:00:00Z'));
  await pay('wyn', 1, second, late);
  const grown = async (): Promise<unknown> => (await accounts.findOne({ customerId: 'wyn' }))?.months;
  await eventually(async () => expect(await grown()).toMatchObject({ '2026-05': 21 }), PATIENT);
  await review();
  expect([await levelOf('wyn'), await rewardsOf('wyn')]).toEqual([3, [20, 50, 8].sort()]);
  clock.set(march);
});
