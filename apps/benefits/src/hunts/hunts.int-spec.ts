import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { HuntsServiceService, type HuntPosition } from '@tidegate/contracts/benefits/v1/hunts';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { tally } from '../testing/wallet.fixture';
import { aHunt, aPoint } from './testing/hunt.factory';

// Goal: a point is found by who is there, once, and never by a replayed, stale, mocked or impossible position.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
let requestCount = 0;
const huntId = 'treasure';
const points = [
  aPoint({ pointId: 'bund' }),
  aPoint({ pointId: 'rare', foundMax: 3 }),
  aPoint({ pointId: 'near', latitude: 31.2406 }),
  aPoint({ pointId: 'far', latitude: 39.9042, longitude: 116.4074 }),
];

const client = (service = first) => service.client(HuntsServiceService);
const requestId = (): string => `hunt-${(requestCount += 1)}`;
const challengeFor = async (customerId: string): Promise<string> =>
  (await client().issueHuntChallenge({ huntId, customerId })).challenge;
const at = (pointId: string, over: Partial<HuntPosition> = {}): HuntPosition => {
  const { longitude, latitude } = points.find((point) => point.pointId === pointId)!;
  return { longitude, latitude, accuracyMetres: 8, measuredAt: clock.now(), isMocked: false, ...over };
};
const claim = async (
  customerId: string,
  pointId: string,
  over: { challenge?: string; position?: HuntPosition } = {},
) => {
  const challenge = over.challenge ?? (await challengeFor(customerId));
  const position = over.position ?? at(pointId);
  return client().claimHuntPoint({ requestId: requestId(), huntId, pointId, customerId, challenge, position });
};

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
  const hunt = aHunt({ points, foundMaxPerCustomerPerDay: 2 });
  await client().createHunt({ requestId: requestId(), hunt });
  const checker = first.client(HuntsServiceService, { id: 'checker' });
  await checker.moveHunt({ requestId: requestId(), definitionId: huntId, move: 'approve' });
  await eventually(() => client(second).issueHuntChallenge({ huntId, customerId: 'scout' }));
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it('rewards who found a point, once, and answers a repeat as the first time', async () => {
  const request = {
    requestId: 'same',
    huntId,
    pointId: 'bund',
    customerId: 'ada',
    challenge: await challengeFor('ada'),
    position: at('bund'),
  };
  const found = await client().claimHuntPoint(request);
  expect(found).toMatchObject({ pointId: 'bund', reward: { kind: 'points', points: 8 } });
  clock.advance(120_000);
  expect(await client(second).claimHuntPoint(request)).toEqual(found);
  await expect(claim('ada', 'bund')).rejects.toMatchObject({ reason: 'POINT_CLAIMED_ALREADY' });
  await eventually(async () => {
    const progress = await client().getHuntProgress({ huntId, customerId: 'ada' });
    expect(progress).toMatchObject({ foundTodayCount: 1, pointCount: 4 });
    expect(progress.foundPoints).toMatchObject([{ pointId: 'bund', reward: { state: 'granted' } }]);
  });
});

it('lets a challenge be used once, by any of two replicas, and by its owner', async () => {
  const challenge = await challengeFor('bob');
  const calls = Array.from({ length: 8 }, (_, index) =>
    client(index % 2 ? first : second).claimHuntPoint({
      requestId: requestId(),
      huntId,
      pointId: 'near',
      customerId: 'bob',
      challenge,
      position: at('near'),
    }),
  );
  expect(await tally(calls)).toEqual({ done: 1, CHALLENGE_USED: 7 });
  await expect(claim('eve', 'near', { challenge })).rejects.toMatchObject({ reason: 'CHALLENGE_INVALID' });
  const old = await challengeFor('bob');
  clock.advance(61_000);
  await expect(claim('bob', 'bund', { challenge: old })).rejects.toMatchObject({ reason: 'CHALLENGE_EXPIRED' });
  // A refused attempt uses it up as well.
  const spent = await challengeFor('bob');
  const mocked = at('bund', { isMocked: true });
  await expect(claim('bob', 'bund', { challenge: spent, position: mocked })).rejects.toMatchObject({
    reason: 'POSITION_MOCKED',
  });
  await expect(claim('bob', 'bund', { challenge: spent })).rejects.toMatchObject({ reason: 'CHALLENGE_USED' });
});

it('refuses positions that cannot be, and keeps every attempt', async () => {
  const stale = at('bund', { measuredAt: new Date(clock.now().getTime() - 31_000) });
  await expect(claim('cy', 'bund', { position: stale })).rejects.toMatchObject({ reason: 'POSITION_STALE' });
  await expect(claim('cy', 'bund', { position: at('near') })).rejects.toMatchObject({
    reason: 'TOO_FAR',
    metadata: { distanceMetres: '100' },
  });
  // A thousand kilometres in a minute.
  clock.advance(60_000);
  await expect(claim('cy', 'far')).rejects.toMatchObject({ reason: 'SPEED_IMPLAUSIBLE' });
  await expect(claim('cy', 'nowhere', { position: at('bund') })).rejects.toMatchObject({ reason: 'POINT_NOT_FOUND' });
  const page = await client().listHuntAttempts({ huntId, pageSize: 2, pageToken: '' });
  const rest = await client().listHuntAttempts({ huntId, pageSize: 1, pageToken: page.nextPageToken });
  expect([...page.attempts, ...rest.attempts].map(({ customerId, reason }) => [customerId, reason])).toEqual([
    ['cy', 'SPEED_IMPLAUSIBLE'],
    ['cy', 'TOO_FAR'],
    ['cy', 'POSITION_STALE'],
  ]);
  const west = first.client(HuntsServiceService, { orgPath: 'hq/west' });
  await expect(west.listHuntAttempts({ huntId, pageSize: 0, pageToken: '' })).rejects.toMatchObject({
    reason: 'ORG_OUT_OF_SCOPE',
  });
});

it('gives a point so often as it can be found, and a customer so many points on a day', async () => {
  const crowd = Array.from({ length: 9 }, (_, index) => `crowd-${index}`);
  expect(await tally(crowd.map((customerId) => claim(customerId, 'rare')))).toEqual({ done: 3, POINT_EXHAUSTED: 6 });
  await claim('dee', 'bund');
  clock.advance(60_000);
  await claim('dee', 'near');
  clock.advance(7_200_000);
  await expect(claim('dee', 'far')).rejects.toMatchObject({ reason: 'SPEED_IMPLAUSIBLE' });
  clock.advance(5 * 3_600_000);
  await expect(claim('dee', 'far')).rejects.toMatchObject({ reason: 'DAILY_LIMIT_REACHED' });
  clock.advance(24 * 3_600_000);
  expect(await claim('dee', 'far')).toMatchObject({ pointId: 'far' });
});

it('lets a person find a point once, and so many on a day, under all profiles, on two replicas', async () => {
  const profiles = ['gil', 'gil-too'];
  const link = (customerId: string, personId: string) =>
    first.client(BenefitsServiceService).linkPerson({ requestId: `${customerId}-${personId}`, customerId, personId });
  await claim('gil-too', 'near');
  for (const customerId of profiles) await link(customerId, 'gil');
  await expect(claim('gil', 'near')).rejects.toMatchObject({ reason: 'POINT_CLAIMED_ALREADY' });
  clock.advance(60_000);
  const race = profiles.flatMap((customerId) =>
    [first, second].map(async (service) => {
      const challenge = await challengeFor(customerId);
      const request = { requestId: requestId(), huntId, pointId: 'bund', customerId, challenge, position: at('bund') };
      return client(service).claimHuntPoint(request);
    }),
  );
  expect(await tally(race)).toEqual({ done: 1, POINT_CLAIMED_ALREADY: 3 });
  clock.advance(6 * 3_600_000);
  await expect(claim('gil', 'far')).rejects.toMatchObject({ reason: 'DAILY_LIMIT_REACHED' });
  const { foundTodayCount, foundPoints } = await client().getHuntProgress({ huntId, customerId: 'gil' });
  expect([foundTodayCount, foundPoints.map(({ pointId }) => pointId).sort()]).toEqual([2, ['bund', 'near']]);
  clock.advance(24 * 3_600_000);
});

it('lets nobody be at two places under two profiles, also when both are there at once, on two replicas', async () => {
  const profiles = ['kim', 'kim-too', 'kim-three'];
  for (const customerId of profiles) {
    const link = { requestId: `link-${customerId}`, customerId, personId: 'kim' };
    await first.client(BenefitsServiceService).linkPerson(link);
  }
  const race = [
    ['kim', 'bund', first],
    ['kim-too', 'far', second],
  ].map(async ([customerId, pointId, service]) => {
    const [who, where] = [customerId as string, pointId as string];
    const challenge = await challengeFor(who);
    const request = { requestId: requestId(), huntId, pointId: where, customerId: who, challenge, position: at(where) };
    return client(service as TestService).claimHuntPoint(request);
  });
  expect(await tally(race)).toEqual({ done: 1, SPEED_IMPLAUSIBLE: 1 });
  const isFar = (await client().getHuntProgress({ huntId, customerId: 'kim' })).foundPoints[0]!.pointId === 'far';
  const [there, elsewhere] = isFar ? (['far', 'bund'] as const) : (['bund', 'far'] as const);
  clock.advance(60_000);
  // A thousand kilometres in a minute, whoever of his profiles was there.
  for (const customerId of profiles) {
    await expect(claim(customerId, elsewhere)).rejects.toMatchObject({ reason: 'SPEED_IMPLAUSIBLE' });
  }
  await expect(claim('kim-three', there)).rejects.toMatchObject({ reason: 'POINT_CLAIMED_ALREADY' });
  clock.advance(24 * 3_600_000);
  expect(await claim('kim-three', elsewhere)).toMatchObject({ pointId: elsewhere });
  clock.advance(24 * 3_600_000);
});

it('lets a crowd find one point at once, each twice by the same request, over both replicas', async () => {
  const crowd = Array.from({ length: 250 }, (_, index) => `rush-${index}`);
  const requests = await Promise.all(
    crowd.map(async (customerId) => ({
      requestId: requestId(),
      huntId,
      pointId: 'bund',
      customerId,
      challenge: (await client().issueHuntChallenge({ huntId, customerId }, { deadlineMs: 60_000 })).challenge,
      position: at('bund'),
    })),
  );
  const sendAll = (service: TestService) =>
    Promise.all(
      requests.map((request) =>
        eventually(() => client(service).claimHuntPoint(request, { deadlineMs: 60_000 }), { timeoutMs: 120_000 }),
      ),
    );
  const [told, toldAgain] = await Promise.all([sendAll(first), sendAll(second)]);
  expect(toldAgain).toEqual(told);
  const { foundPoints } = await client().getHuntProgress({ huntId, customerId: 'rush-249' });
  expect(foundPoints).toMatchObject([{ pointId: 'bund' }]);
  expect(await tally(['late', 'rush-0'].map((customerId) => claim(customerId, 'bund')))).toEqual({
    done: 1,
    POINT_CLAIMED_ALREADY: 1,
  });
}, 300_000);

it('shows customers active hunts without who made them, and nobody else’s progress', async () => {
  const customer = first.client(HuntsServiceService, { kind: 'customer', id: 'fay' });
  const { hunts } = await customer.listHunts({ pageSize: 0, pageToken: '' });
  expect(hunts.map(({ definition }) => [definition?.definitionId, definition?.makerId])).toEqual([[huntId, '']]);
  await expect(customer.getHuntProgress({ huntId, customerId: 'ada' })).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  await expect(customer.issueHuntChallenge({ huntId: 'none', customerId: 'fay' })).rejects.toMatchObject({
    reason: 'HUNT_NOT_OPEN',
  });
});

it('tells the first answer to who asks again when the hunt is over, on another replica too', async () => {
  const requestOf = async (customerId: string) => ({
    requestId: requestId(),
    huntId,
    pointId: 'bund',
    customerId,
    challenge: await challengeFor(customerId),
    position: at('bund'),
  });
  const [early, late] = [await requestOf('ivy'), await requestOf('jan')];
  const found = await client().claimHuntPoint(early);
  clock.set(aHunt().definition.validTo);
  expect(await client(second).claimHuntPoint(early)).toEqual(found);
  await expect(client().claimHuntPoint(late)).rejects.toMatchObject({ reason: 'HUNT_NOT_OPEN' });
});
