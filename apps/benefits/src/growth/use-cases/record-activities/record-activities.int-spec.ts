import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SignedIn } from '@tidegate/contracts/benefits/v1/sign_in_events';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { aFilter, aGrowthPlan, aMission, aStep, pointsReward } from '../../testing/growth.factory';
import { ReviewLevelsUseCase } from '../review-levels/review-levels.use-case';

// Goal: what a customer does moves his level and his missions once, over two replicas, and their rewards come by themselves.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
let first: TestService;
let second: TestService;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  const [maker, checker] = [growth(), first.client(GrowthServiceService, { id: 'checker' })];
  await maker.createGrowthPlan({ requestId: 'plan', plan: aGrowthPlan() });
  await checker.moveGrowthPlan({ requestId: 'plan', definitionId: 'card-growth', move: 'approve' });
  const signIn = aStep({ name: 'Sign in', filter: aFilter({ activityType: 'sign_in' }), target: 1 });
  const missions = [
    aMission(),
    aMission(
      { steps: [signIn, aStep({ target: 1, rewards: [pointsReward(3)] })], isChained: true, period: 'day' },
      { definitionId: 'chain' },
    ),
    aMission({ steps: [aStep({ target: 1 })], afterMissionId: 'two-payments' }, { definitionId: 'third-payment' }),
  ];
  for (const mission of missions) {
    const { definitionId } = mission.definition;
    await maker.createMission({ requestId: definitionId, mission });
    await checker.moveMission({ requestId: definitionId, definitionId, move: 'approve' });
  }
  await eventually(async () => {
    const page = { customerId: 'nobody', pageSize: 0, pageToken: '' };
    expect((await growth(second).listMissionProgress(page)).missions).toHaveLength(3);
    expect((await growth(second).getGrowth({ customerId: 'nobody' })).standings).toHaveLength(1);
  });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

const growth = (service = first) => service.client(GrowthServiceService);
const pay = (customerId: string, yuan: number, id: string): FactRecorded =>
  FactRecorded.fromPartial({
    factId: id,
    factType: 'transaction',
    customerId,
    data: { amountMinor: yuan * 100, currency: 'CNY', operation: 'card_payment' },
    occurredAt: clock.now(),
  });
const standingOf = async (customerId: string) => (await growth().getGrowth({ customerId })).standings[0];
const missionsOf = async (customerId: string): Promise<Record<string, string>> => {
  const { missions } = await growth().listMissionProgress({ customerId, pageSize: 0, pageToken: '' });
  return Object.fromEntries(missions.map(({ mission, state }) => [mission!.definition!.definitionId, state]));
};
const rewardsOf = async (customerId: string): Promise<string[]> => {
  const { rewards } = await first.client(RewardsServiceService).listRewards({ customerId, pageSize: 0, pageToken: '' });
  return rewards.map(({ cause, reward, state }) => `${cause} ${reward?.points} ${state}`).sort();
};

it('lifts a level from facts told twice, grants its benefits, and lets it go after the grace', async () => {
  expect(await standingOf('climber')).toMatchObject({ level: 1, levelName: 'Member', growth: 0, nextLevelGrowth: 100 });
  const fact = pay('climber', 350, 'f-1');
  await first.publish(FactRecorded, 'climber', [fact], 'message-1');
  await first.publish(FactRecorded, 'climber', [fact], 'message-1');
  await eventually(async () => expect(await standingOf('climber')).toMatchObject({ level: 3, growth: 350 }));
  await eventually(async () => {
    expect(await rewardsOf('climber')).toEqual(['level 20 granted', 'level 50 granted', 'level 8 granted']);
  });
  expect((await first.client(PointsServiceService).getPointsBalance({ customerId: 'climber' })).points).toBe(78);

  const review = () => Promise.all([first, second].map((service) => service.app.get(ReviewLevelsUseCase).execute()));
  const before = clock.now();
  clock.set(new Date('2026-06-01T00:00:00Z'));
  await review();
  const graceEndsAt = new Date('2026-06-08T00:00:00Z');
  expect(await standingOf('climber')).toMatchObject({ level: 3, growth: 0, graceEndsAt });
  clock.set(graceEndsAt);
  await review();
  const fallen = await standingOf('climber');
  expect(fallen).toMatchObject({ level: 1 });
  expect(fallen?.graceEndsAt).toBeUndefined();
  clock.set(before);
});

it('takes single, chained and following missions forward and grants what they promise', async () => {
  expect(await missionsOf('doer')).toEqual({ chain: 'open', 'third-payment': 'locked', 'two-payments': 'open' });
  await first.publish(FactRecorded, 'doer', [pay('doer', 1, 'd-1'), pay('doer', 1, 'd-2')]);
  await eventually(async () => {
    expect(await missionsOf('doer')).toEqual({ chain: 'open', 'third-payment': 'open', 'two-payments': 'done' });
  });
  const { missions } = await growth().listMissionProgress({ customerId: 'doer', pageSize: 1, pageToken: '' });
  // Paying before signing in is not the chain's turn.
  expect(missions[0]?.steps).toMatchObject([{ progress: 0 }, { progress: 0 }]);

  const signedIn = { programmeId: 'p', customerId: 'doer', day: '2026-03-02', isMadeUp: false, streakDays: 1 };
  await first.publish(SignedIn, 'doer', [{ ...signedIn, signedInAt: clock.now() }]);
  await eventually(async () => {
    const page = await growth().listMissionProgress({ customerId: 'doer', pageSize: 1, pageToken: '' });
    expect(page.missions[0]?.steps[0]).toMatchObject({ isDone: true });
  });
  await first.publish(FactRecorded, 'doer', [pay('doer', 1, 'd-3')]);
  await eventually(async () => {
    expect(await missionsOf('doer')).toEqual({ chain: 'done', 'third-payment': 'done', 'two-payments': 'done' });
    const granted = ['mission 10 granted', 'mission 10 granted', 'mission 10 granted', 'mission 3 granted'];
    expect(await rewardsOf('doer')).toEqual(granted);
  });
  clock.advance(24 * 3_600_000);
  expect(await missionsOf('doer')).toMatchObject({ chain: 'open', 'two-payments': 'done' });
  clock.advance(-24 * 3_600_000);
});

it('does a mission once for a person, with what his profiles count together, on two replicas', async () => {
  const profiles = ['ray', 'ray-too', 'ray-three'];
  await first.publish(FactRecorded, 'ray', [pay('ray', 1, 'ray-before')]);
  await eventually(async () => expect(await standingOf('ray')).toMatchObject({ growth: 1 }));
  for (const customerId of profiles) {
    const request = { requestId: customerId, customerId, personId: 'ray' };
    await first.client(BenefitsServiceService).linkPerson(request);
  }
  const facts = profiles.flatMap((each) => [pay(each, 1, `${each}-1`), pay(each, 1, `${each}-2`)]);
  await Promise.all(
    facts.map((fact, index) => (index % 2 ? first : second).publish(FactRecorded, fact.customerId, [fact])),
  );
  await eventually(async () => {
    const growths = await Promise.all(profiles.map(standingOf));
    expect(growths.map((standing) => standing?.growth)).toEqual([7, 7, 7]);
  }, PATIENT);
  for (const customerId of profiles) {
    expect(await missionsOf(customerId)).toMatchObject({ 'two-payments': 'done', 'third-payment': 'done' });
  }
  await eventually(async () => {
    const rewards = (await Promise.all(profiles.map(rewardsOf))).flat();
    const ofMissions = rewards.filter((reward) => reward.startsWith('mission'));
    expect(ofMissions).toEqual(['mission 10 granted', 'mission 10 granted']);
  }, PATIENT);
});

it('pages missions and keeps them to their owner', async () => {
  const own = first.client(GrowthServiceService, { kind: 'customer', id: 'pager' });
  const seen: string[] = [];
  let pageToken = '';
  do {
    const page = await own.listMissionProgress({ customerId: 'pager', pageSize: 2, pageToken });
    seen.push(...page.missions.map(({ mission }) => mission!.definition!.definitionId));
    pageToken = page.nextPageToken;
  } while (pageToken);
  expect(seen).toEqual(['chain', 'third-payment', 'two-payments']);
  await expect(own.getGrowth({ customerId: 'other' })).rejects.toMatchObject({ reason: 'NOT_YOURS' });
});

it('refuses levels that do not rise and missions without steps', async () => {
  const [member, silver] = aGrowthPlan().terms.levels;
  const plan = aGrowthPlan({ levels: [{ ...silver!, keepGrowth: 200 }, member!] }, { definitionId: 'falling' });
  await expect(growth().createGrowthPlan({ requestId: 'falling', plan })).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [
      { field: 'plan.terms.levels.0.upGrowth' },
      { field: 'plan.terms.levels.0.keepGrowth' },
      { field: 'plan.terms.levels.1.upGrowth' },
      { field: 'plan.terms.levels.1.keepGrowth' },
    ],
  });
  const mission = aMission({ steps: [] }, { definitionId: 'empty' });
  await expect(growth().createMission({ requestId: 'empty', mission })).rejects.toMatchObject({
    violations: [{ field: 'mission.terms.steps' }],
  });
});
