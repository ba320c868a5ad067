import { BenefitRedeemed } from '@tidegate/contracts/benefits/v1/benefits_events';
import { FansServiceService } from '@tidegate/contracts/benefits/v1/fans';
import { FanChanged } from '@tidegate/contracts/benefits/v1/fans_events';
import { VisitCounted } from '@tidegate/contracts/merchants/v1/merchants_events';
import { Visit } from '@tidegate/contracts/merchants/v1/traffic';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';

// Goal: a target's count is how many follow it, under any rush on two replicas, and each day tells what it did.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
let requestCount = 0;
const DAY_MS = 24 * 3_600_000;

const client = (service = first) => service.client(FansServiceService);
const requestId = (): string => `fans-${(requestCount += 1)}`;
const store = (targetId: string) => ({ kind: 'store', targetId });
const putTarget = (targetId: string, orgPath = 'hq', kind = 'store') =>
  client().putFanTarget({
    requestId: requestId(),
    target: { kind, targetId, name: `Target ${targetId}`, orgPath, timeZone: 'Asia/Shanghai', fanCount: 0 },
  });
const follow = (targetId: string, customerId: string, service = first, id = requestId()) =>
  client(service).follow({ requestId: id, ...store(targetId), customerId, source: 'qr' });
const unfollow = (targetId: string, customerId: string) =>
  client().unfollow({ requestId: requestId(), ...store(targetId), customerId });
const fanCount = async (targetId: string): Promise<number | undefined> =>
  (await client().listFanTargets({ pageSize: 0, pageToken: '' })).targets.find((each) => each.targetId === targetId)
    ?.fanCount;

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it('counts a rush on one store over two replicas exactly, and tells of every fan', async () => {
  await putTarget('rush');
  const heard = new Set<string>();
  const stop = first.bus.listen(FanChanged, ({ data }) => data.targetId === 'rush' && heard.add(data.customerId));
  const calls = Array.from({ length: 400 }, (_, index) =>
    follow('rush', `c-${index % 200}`, index % 2 ? first : second),
  );
  await Promise.all(calls);
  expect(await fanCount('rush')).toBe(200);
  const [day] = (await client().getFanGrowth({ ...store('rush'), fromDay: '2026-03-02', toDay: '2026-03-02' })).days;
  expect(day).toEqual({ day: '2026-03-02', followedCount: 200, unfollowedCount: 0, activeCount: 0, fanCount: 200 });
  await eventually(() => expect(heard.size).toBe(200));
  stop();
  const pages = [await client().listFans({ ...store('rush'), pageSize: 150, pageToken: '' })];
  pages.push(await client().listFans({ ...store('rush'), pageSize: 150, pageToken: pages[0]!.nextPageToken }));
  expect(new Set(pages.flatMap(({ fans }) => fans.map(({ customerId }) => customerId))).size).toBe(200);
});

it('follows and ends following, and takes no notice of a late repeat', async () => {
  await putTarget('moody');
  await follow('moody', 'ann', first, 'ann-follows');
  expect((await unfollow('moody', 'ann')).fan).toMatchObject({ isFollowing: false });
  expect((await follow('moody', 'ann', second, 'ann-follows')).fan).toMatchObject({ isFollowing: false });
  const reused = { requestId: 'ann-follows', ...store('moody'), customerId: 'ann' };
  await expect(client().unfollow(reused)).rejects.toMatchObject({ reason: 'REQUEST_ID_REUSED' });
  expect((await unfollow('moody', 'nobody')).fan).toMatchObject({ isFollowing: false });
  expect(await fanCount('moody')).toBe(0);
  await follow('moody', 'ann');
  expect(await fanCount('moody')).toBe(1);
  const own = first.client(FansServiceService, { kind: 'customer', id: 'ann' });
  const { fans } = await own.listFollows({ customerId: 'ann', pageSize: 0, pageToken: '' });
  expect(fans).toMatchObject([{ kind: 'store', targetId: 'moody', isFollowing: true, source: 'qr' }]);
  await expect(own.follow({ requestId: 'x', ...store('moody'), customerId: 'ben', source: '' })).rejects.toMatchObject({
    reason: 'NOT_YOURS',
  });
  await expect(follow('nowhere', 'ann')).rejects.toMatchObject({ reason: 'TARGET_NOT_FOUND' });
});

it('tells growth and activity by the day of the target’s zone', async () => {
  await putTarget('daily');
  await putTarget('hq/east/outlet-1', 'hq/east', 'outlet');
  clock.set(new Date('2026-03-04T15:59:00Z'));
  await follow('daily', 'a');
  await follow('daily', 'b');
  await client().follow({
    requestId: requestId(),
    kind: 'outlet',
    targetId: 'hq/east/outlet-1',
    customerId: 'a',
    source: '',
  });
  clock.advance(120_000);
  await unfollow('daily', 'b');
  const redemption = {
    redemptionId: 'r',
    instanceId: 'i',
    stockId: 's',
    merchantId: 'm',
    storeId: 'daily',
    clerkId: '',
    amountMinor: 1,
    currency: 'CNY',
    shares: [],
    redeemedAt: new Date(clock.now().getTime() + DAY_MS),
  };
  const redeemed = ['a', 'a', 'b', 'stranger'].map((customerId) => ({ redemption: { ...redemption, customerId } }));
  await first.publish(BenefitRedeemed, 'i', redeemed as unknown as BenefitRedeemed[]);
  const visit = { visitId: 'v', customerId: 'a', placeId: 'hq/east/outlet-1', visitedAt: redemption.redeemedAt };
  await first.publish(VisitCounted, 'v', [{ visit: Visit.fromPartial(visit) }]);
  await eventually(async () => {
    const { days } = await client().getFanGrowth({ ...store('daily'), fromDay: '2026-03-04', toDay: '2026-03-07' });
    expect(days.map((day) => [day.followedCount, day.unfollowedCount, day.activeCount, day.fanCount])).toEqual([
      [2, 0, 0, 2],
      [0, 1, 0, 1],
      [0, 0, 1, 1],
      [0, 0, 0, 1],
    ]);
    const outlet = { kind: 'outlet', targetId: 'hq/east/outlet-1', fromDay: '2026-03-06', toDay: '2026-03-06' };
    expect((await client().getFanGrowth(outlet)).days).toMatchObject([{ activeCount: 1, fanCount: 1 }]);
  });
  const later = { ...store('daily'), fromDay: '2026-04-01', toDay: '2026-04-01' };
  expect((await client().getFanGrowth(later)).days).toMatchObject([{ fanCount: 1, activeCount: 0 }]);
  const { fans } = await client().listFans({ ...store('daily'), pageSize: 0, pageToken: '' });
  expect(fans).toMatchObject([{ customerId: 'a', lastActiveDay: '2026-03-06' }]);
});

it('keeps targets and fans within the organisation, and refuses senseless days', async () => {
  await putTarget('western', 'hq/west');
  const east = first.client(FansServiceService, { orgPath: 'hq/east' });
  const page = { pageSize: 0, pageToken: '' };
  const outOfScope = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(east.listFans({ ...store('western'), ...page })).rejects.toMatchObject(outOfScope);
  await expect(
    east.getFanGrowth({ ...store('western'), fromDay: '2026-03-01', toDay: '2026-03-02' }),
  ).rejects.toMatchObject(outOfScope);
  expect((await east.listFanTargets(page)).targets.map(({ orgPath }) => orgPath)).toEqual(['hq/east']);
  const western = { ...store('western'), name: 'Ours', orgPath: 'hq/west', timeZone: 'Asia/Shanghai', fanCount: 0 };
  const put = (target: Partial<typeof western>) =>
    east.putFanTarget({ requestId: requestId(), target: { ...western, ...target } });
  await expect(put({})).rejects.toMatchObject(outOfScope);
  const outlet = { kind: 'outlet', targetId: 'hq/west/outlet-1', orgPath: 'hq/east' };
  await expect(put(outlet)).rejects.toMatchObject({ reason: 'TARGET_NOT_OF_ORG' });
  await expect(putTarget('hq/east/outlet-1', 'hq', 'outlet')).rejects.toMatchObject({ reason: 'TARGET_ORG_FIXED' });
  for (const [fromDay, toDay] of [
    ['2026-03-02', '2026-03-01'],
    ['2020-01-01', '2026-01-01'],
    ['2026-02-30', '2026-03-01'],
  ]) {
    await expect(
      client().getFanGrowth({ ...store('western'), fromDay: fromDay!, toDay: toDay! }),
    ).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
    });
  }
});

it('goes with its merchant to another organisation, and is that one’s from then on', async () => {
  await putTarget('moving', 'hq/west');
  await follow('moving', 'ann');
  const heard: string[] = [];
  const stop = first.bus.listen(FanChanged, ({ data }) => {
    if (data.targetId === 'moving' && !data.isFollowing) heard.push(data.orgPath);
  });
  const east = first.client(FansServiceService, { orgPath: 'hq/east' });
  const target = { ...store('moving'), name: 'Moved', orgPath: 'hq/east', timeZone: 'Asia/Shanghai', fanCount: 0 };
  const { target: moved } = await east.putFanTarget({ requestId: requestId(), target });
  expect(moved).toMatchObject({ orgPath: 'hq/east', name: 'Moved', fanCount: 1 });
  const west = first.client(FansServiceService, { orgPath: 'hq/west' });
  const page = { pageSize: 0, pageToken: '' };
  await expect(west.listFans({ ...store('moving'), ...page })).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  expect((await east.listFans({ ...store('moving'), ...page })).fans).toMatchObject([{ customerId: 'ann' }]);
  await unfollow('moving', 'ann');
  await eventually(() => expect(heard).toEqual(['hq/east']));
  stop();
  const elsewhere = { ...target, timeZone: 'Europe/Berlin' };
  await expect(east.putFanTarget({ requestId: requestId(), target: elsewhere })).rejects.toMatchObject({
    reason: 'TARGET_ORG_FIXED',
  });
});

it('has an outlet followed whose path is as long as one below the head office may be', async () => {
  const targetId = ['hq', ...['a', 'b', 'c'].map((name) => name.padEnd(63, 'x'))].join('/');
  const target = { kind: 'outlet', targetId, name: 'Far', orgPath: 'hq', timeZone: 'Asia/Shanghai', fanCount: 0 };
  await client().putFanTarget({ requestId: requestId(), target });
  const { fan } = await client().follow({
    requestId: requestId(),
    kind: 'outlet',
    targetId,
    customerId: 'far',
    source: '',
  });
  expect(fan).toMatchObject({ targetId, isFollowing: true });
  expect(await fanCount(targetId)).toBe(1);
});
