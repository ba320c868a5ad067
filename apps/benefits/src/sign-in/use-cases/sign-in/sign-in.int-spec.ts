import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../../../benefits-services';
import { BenefitsModule } from '../../../benefits.module';
import { OwedRewardWorker } from '../../../granting/owed-reward.worker';
import { aStock } from '../../../testing/stock.factory';
import { tally } from '../../../testing/wallet.fixture';
import { aSignInProgramme } from '../../testing/sign-in.factory';

// Goal: a day is signed once over two replicas, its reward is given once, and a missed day can be made up.

const clock = new FakeClock();
const programmeId = 'daily-sign-in';
let first: TestService;
let second: TestService;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  const stock = { ...aStock({ stockId: 'seventh-day' }), claimedCount: 0 };
  await first.client(BenefitsServiceService).createStock({ requestId: 'stock', stock });
  await staff().createSignInProgramme({ requestId: 'create', programme: aSignInProgramme() });
  const checker = first.client(SignInServiceService, { id: 'checker' });
  await checker.moveSignInProgramme({ requestId: 'approve', definitionId: programmeId, move: 'approve' });
  await eventually(() => second.client(SignInServiceService).getSignInCalendar(calendarOf('nobody')));
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

const staff = () => first.client(SignInServiceService);
const calendarOf = (customerId: string, month = '') => ({ programmeId, customerId, month });
const signIn = (customerId: string, requestId: string, service = first) =>
  service.client(SignInServiceService).signIn({ requestId, programmeId, customerId });

it('signs a day once, however many ask on two replicas, and grants its points once', async () => {
  const answers = Array.from({ length: 12 }, (_, index) =>
    signIn('racer', `race-${index}`, index % 2 ? first : second),
  );
  expect(await tally(answers)).toEqual({ done: 1, SIGNED_IN_ALREADY: 11 });
  await Promise.all([first, second].map((service) => service.app.get(OwedRewardWorker).runOnce()));
  await eventually(async () => {
    const { rewards } = await first
      .client(RewardsServiceService)
      .listRewards({ customerId: 'racer', pageSize: 0, pageToken: '' });
    expect(rewards.map(({ state, reward }) => [state, reward?.kind, reward?.points])).toEqual([
      ['granted', 'points', 5],
    ]);
  });
  expect((await first.client(PointsServiceService).getPointsBalance({ customerId: 'racer' })).points).toBe(5);
});

it('repeats an answer under its request id, also the next day', async () => {
  const original = await signIn('repeater', 'same');
  clock.advance(24 * 3_600_000);
  expect(await signIn('repeater', 'same')).toEqual(original);
  const next = await signIn('repeater', 'other');
  expect(next.status).toMatchObject({ streakDays: 2, isSignedInToday: true });
});

it('makes up a missed day with a card, in the zone of the programme', async () => {
  // 23:30 in Shanghai on 9 March; half an hour later it is the 10th there.
  clock.set(new Date('2026-03-09T15:30:00Z'));
  await signIn('misser', 'm-1');
  clock.advance(24 * 3_600_000 + 3_600_000);
  const later = await signIn('misser', 'm-2');
  expect(later.status).toMatchObject({ today: '2026-03-11', streakDays: 1, makeUpCards: 1 });
  const makeUp = { requestId: 'm-3', programmeId, customerId: 'misser', day: '2026-03-10' };
  const made = await staff().makeUpSignIn(makeUp);
  // The third day of the streak brings a card: the one of the month is used.
  expect(made.status).toMatchObject({ streakDays: 3, makeUpCards: 1 });
  expect(made.rewards.map(({ kind }) => kind)).toEqual(['make_up_card']);
  expect(await staff().makeUpSignIn(makeUp)).toEqual(made);
  const calendar = await staff().getSignInCalendar(calendarOf('misser', '2026-03'));
  expect(calendar).toMatchObject({
    signedDays: ['2026-03-09', '2026-03-10', '2026-03-11'],
    madeUpDays: ['2026-03-10'],
  });
});

it('lets a person sign a day once under all profiles, joined before or not, on two replicas', async () => {
  const profiles = ['kim', 'kim-too', 'kim-three'];
  const link = (customerId: string, personId: string) =>
    first.client(BenefitsServiceService).linkPerson({ requestId: `${customerId}-${personId}`, customerId, personId });
  await signIn('kim-too', 'kim-yesterday');
  clock.advance(24 * 3_600_000);
  for (const customerId of profiles) await link(customerId, 'one');
  const race = profiles.flatMap((each) =>
    [first, second].map((service, index) => signIn(each, `${each}-${index}`, service)),
  );
  expect(await tally(race)).toEqual({ done: 1, SIGNED_IN_ALREADY: 5 });
  for (const customerId of profiles) {
    const { status } = await staff().getSignInCalendar(calendarOf(customerId));
    expect(status).toMatchObject({ isSignedInToday: true, streakDays: 2 });
  }
  for (const customerId of profiles) await link(customerId, `${customerId}-alone`);
  const apart = await Promise.all(profiles.map((each) => staff().getSignInCalendar(calendarOf(each))));
  expect(apart.filter(({ status }) => status?.isSignedInToday)).toHaveLength(1);
});

it('owes the benefit of the seventh day', async () => {
  for (let day = 0; day < 7; day += 1) {
    clock.advance(24 * 3_600_000);
    await signIn('week', `week-${day}`);
  }
  await eventually(async () => {
    await first.app.get(OwedRewardWorker).runOnce();
    const { rewards } = await first
      .client(RewardsServiceService, { kind: 'customer', id: 'week' })
      .listRewards({ customerId: 'week', pageSize: 0, pageToken: '' });
    const benefit = rewards.find(({ reward }) => reward?.kind === 'benefit');
    expect(benefit).toMatchObject({ reward: { stockId: 'seventh-day' }, cause: 'sign-in', reference: programmeId });
  });
});

it('refuses what is not open, not his, or not a day', async () => {
  const own = first.client(SignInServiceService, { kind: 'customer', id: 'own' });
  await expect(own.signIn({ requestId: 'x', programmeId, customerId: 'other' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
  await expect(own.signIn({ requestId: 'x', programmeId: 'none', customerId: 'own' })).rejects.toMatchObject({
    reason: 'PROGRAMME_NOT_OPEN',
  });
  const makeUp = { requestId: 'x', programmeId, customerId: 'own', day: '2026-02-30' };
  await expect(own.makeUpSignIn(makeUp)).rejects.toMatchObject({
    reason: 'VALIDATION_FAILED',
    violations: [{ field: 'day' }],
  });
});

it('tells the first answer to who asks again when the programme is over, on another replica too', async () => {
  clock.set(new Date('2026-12-31T12:00:00Z'));
  const original = await signIn('last', 'last-day');
  clock.set(new Date('2027-01-01T00:00:01Z'));
  expect(await signIn('last', 'last-day', second)).toEqual(original);
  await expect(signIn('last', 'too-late')).rejects.toMatchObject({ reason: 'PROGRAMME_NOT_OPEN' });
});
