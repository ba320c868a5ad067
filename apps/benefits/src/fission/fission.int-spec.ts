import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { eventually, FakeClock, startTestService, type TestService } from '@tidegate/testing';
import { BENEFITS_SERVICES } from '../benefits-services';
import { BenefitsModule } from '../benefits.module';
import { aStock } from '../testing/stock.factory';
import { tally } from '../testing/wallet.fixture';
import type { FissionTerms } from './domain/fission-campaign';
import { factDeed } from './fission.message';
import { aFissionCampaign } from './testing/fission.factory';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

// Goal: whoever invites whom at the same time on whatever replica, the invite tree is one, and both sides are rewarded once.

const clock = new FakeClock();
let first: TestService;
let second: TestService;
let deviceCount = 0;
let requestCount = 0;

const client = (service = first) => service.client(FissionServiceService);
const as = (id: string) => first.client(FissionServiceService, { kind: 'customer', id });
const requestId = (): string => `fission-${(requestCount += 1)}`;
const newDevice = (): string => `device-${(deviceCount += 1).toString().padStart(8, '0')}`;

async function openCampaign(campaignId: string, terms: Partial<FissionTerms> = {}): Promise<void> {
  const campaign = aFissionCampaign(terms, { definitionId: campaignId });
  await client().createFissionCampaign({ requestId: requestId(), campaign });
  const checker = first.client(FissionServiceService, { id: 'checker' });
  await checker.moveFissionCampaign({ requestId: requestId(), definitionId: campaignId, move: 'approve' });
  await eventually(() => invite(campaignId, 'scout', newDevice(), second));
}
const invite = async (campaignId: string, customerId: string, deviceId = newDevice(), service = first) =>
  (await client(service).createInvite({ requestId: requestId(), campaignId, customerId, deviceId })).code;
const accept = (code: string, customerId: string, deviceId = newDevice(), service = first) =>
  client(service).acceptInvite({ requestId: requestId(), code, customerId, deviceId });
const tellTransaction = (customerId: string, messageId: string, amountMinor = 5_000) =>
  first.publish(
    FactRecorded,
    customerId,
    [
      {
        factId: messageId,
        factType: 'transaction',
        customerId,
        data: { amountMinor, currency: 'CNY' },
        occurredAt: clock.now(),
        acceptedAt: clock.now(),
      },
    ],
    messageId,
  );
const progress = (campaignId: string, customerId: string) => client().getFissionProgress({ campaignId, customerId });
const parents = async (campaignId: string): Promise<Map<string, string>> => {
  const members = await first.mongo.connection.collection('fission_members').find({ campaignId }).toArray();
  return new Map(members.map(({ customerId, inviterId }) => [String(customerId), String(inviterId)]));
};

beforeAll(async () => {
  first = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock });
  second = await startTestService(BenefitsModule, { grpc: BENEFITS_SERVICES, clock, shareWith: first });
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it('rewards both sides once when the invited one has met the condition, however often it is told', async () => {
  await openCampaign('both');
  const code = await invite('both', 'anna');
  expect(await invite('both', 'anna')).toBe(code);
  await accept(code, 'ben');
  expect((await progress('both', 'ben')).member).toMatchObject({ state: 'joined', inviterId: 'anna' });
  await tellTransaction('ben', 'ben-1');
  await tellTransaction('ben', 'ben-1');
  await tellTransaction('ben', 'ben-2');
  await eventually(async () => {
    const { member, inviteeReward } = await progress('both', 'ben');
    expect(member?.state).toBe('qualified');
    expect(inviteeReward).toMatchObject({ state: 'granted', reward: { kind: 'points', points: 5 } });
    const { invitees } = await client().listInvitees({
      campaignId: 'both',
      customerId: 'anna',
      pageSize: 0,
      pageToken: '',
    });
    expect(invitees).toMatchObject([{ inviterReward: { state: 'granted', reward: { points: 10 } } }]);
  });
  expect((await progress('both', 'anna')).member).toMatchObject({ qualifiedCount: 1, rewardedCount: 1 });
  const owed = await first.mongo.connection.collection('owed_rewards').countDocuments({ reference: 'both' });
  expect(owed).toBe(2);
  expect(await client().getFissionReport({ campaignId: 'both' })).toMatchObject({ joinedCount: 0, qualifiedCount: 1 });
});

it('gives one person one inviter, however many codes he accepts at once on two replicas', async () => {
  await openCampaign('one', { personMaxPerDevice: 50 });
  const codes = await Promise.all(Array.from({ length: 8 }, (_, index) => invite('one', `inviter-${index}`)));
  const device = newDevice();
  const counts = await tally(codes.map((code, index) => accept(code, 'wanted', device, index % 2 ? first : second)));
  expect(counts).toEqual({ done: 1, INVITER_FIXED: 7 });
  const members = await Promise.all(codes.map((_, index) => progress('one', `inviter-${index}`)));
  expect(members.reduce((sum, { member }) => sum + (member?.inviteeCount ?? 0), 0)).toBe(1);
});

it('takes two customer ids of one person for one: no invitation of himself, one inviter, limits over both', async () => {
  const link = (customerId: string, personId: string) =>
    first.client(BenefitsServiceService).linkPerson({ requestId: requestId(), customerId, personId });
  await openCampaign('person', { inviteeMaxPerPerson: 2, rewardedMaxPerPerson: 1 });
  const [code, other] = [await invite('person', 'iris'), await invite('person', 'iris-too')];
  await accept(code, 'jon');
  await link('iris-too', 'iris');
  await link('jon-too', 'jon');
  await expect(accept(code, 'iris-too')).rejects.toMatchObject({ reason: 'INVITE_TO_SELF' });
  await expect(accept(other, 'jon-too')).rejects.toMatchObject({ reason: 'INVITER_FIXED' });
  await accept(other, 'kai');
  await expect(accept(code, 'lea')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await expect(accept(other, 'lea')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await tellTransaction('jon', 'jon-pays');
  await eventually(async () => expect((await progress('person', 'iris')).member?.rewardedCount).toBe(1));
  await tellTransaction('kai', 'kai-pays');
  await eventually(async () => expect((await progress('person', 'iris-too')).member?.qualifiedCount).toBe(1));
  expect((await progress('person', 'iris-too')).member?.rewardedCount).toBe(0);
});

it('never lets two customer ids of one person have two inviters, at once on two replicas', async () => {
  await openCampaign('twins', { personMaxPerDevice: 50 });
  const ids = Array.from({ length: 6 }, (_, index) => `twin-${index}`);
  for (const customerId of ids) {
    const request = { requestId: requestId(), customerId, personId: 'twins' };
    await first.client(BenefitsServiceService).linkPerson(request);
  }
  const codes = await Promise.all(ids.map((_, index) => invite('twins', `host-${index}`)));
  const counts = await tally(ids.map((id, at) => accept(codes[at]!, id, newDevice(), at % 2 ? first : second)));
  expect(counts).toEqual({ done: 1, INVITER_FIXED: 5 });
});

it('rewards a person no more often than he may, whatever his customer ids bring in at once on two replicas', async () => {
  await openCampaign('hosts', { rewardedMaxPerPerson: 1, inviteeMaxPerPerson: 50 });
  const hosts = Array.from({ length: 6 }, (_, index) => `party-host-${index}`);
  for (const customerId of hosts) {
    await accept(await invite('hosts', customerId), `guest-of-${customerId}`);
    const request = { requestId: requestId(), customerId, personId: 'party-host' };
    await first.client(BenefitsServiceService).linkPerson(request);
  }
  const pays = (host: string, { app, mongo }: TestService): Promise<void> => {
    const fact = { factId: `paid-${host}`, factType: 'transaction', customerId: `guest-of-${host}` };
    const times = { occurredAt: clock.now(), acceptedAt: clock.now() };
    const deed = factDeed({ ...fact, ...times, data: { amountMinor: 5_000, currency: 'CNY' } }, clock.now());
    return mongo.transaction((tx) => app.get(MeetConditionUseCase).execute([deed], tx));
  };
  await Promise.all(hosts.map((host, index) => pays(host, index % 2 ? first : second)));
  const members = await Promise.all(hosts.map(async (host) => (await progress('hosts', host)).member!));
  const sum = (field: 'qualifiedCount' | 'rewardedCount') => members.reduce((total, each) => total + each[field], 0);
  expect([sum('qualifiedCount'), sum('rewardedCount')]).toEqual([6, 1]);
});

it('never makes a ring, when everybody accepts the next one’s code at once', async () => {
  await openCampaign('ring');
  const people = Array.from({ length: 6 }, (_, index) => `ring-${index}`);
  const codes = await Promise.all(people.map((person) => invite('ring', person)));
  // Each brings a tree of his own, so that each acceptance hangs one tree under another.
  await Promise.all(codes.map((code, index) => accept(code, `leaf-${index}`)));
  const counts = await tally(
    people.map((person, index) =>
      accept(codes[(index + 1) % people.length]!, person, newDevice(), index % 2 ? first : second),
    ),
  );
  expect(counts).toEqual({ done: 5, INVITE_CYCLE: 1 });
  const above = await parents('ring');
  for (const start of above.keys()) {
    let steps = 0;
    for (let id: string | undefined = start; id; id = above.get(id)) expect((steps += 1)).toBeLessThan(20);
  }
});

it('refuses the own code, an unknown one, a full inviter, a used device and a campaign that is not open', async () => {
  await openCampaign('limits', { inviteeMaxPerPerson: 1, rewardedMaxPerPerson: 1 });
  const device = newDevice();
  const code = await invite('limits', 'cleo', device);
  await expect(accept(code, 'cleo')).rejects.toMatchObject({ reason: 'INVITE_TO_SELF' });
  await expect(accept('nothing', 'dora')).rejects.toMatchObject({ reason: 'INVITE_NOT_FOUND' });
  await expect(accept(code, 'dora', device)).rejects.toMatchObject({ reason: 'DEVICE_LIMIT_REACHED' });
  await accept(code, 'dora');
  await expect(accept(code, 'emil')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await expect(invite('nowhere', 'cleo')).rejects.toMatchObject({ reason: 'CAMPAIGN_NOT_OPEN' });
  await expect(
    as('emil').acceptInvite({ requestId: 'x', code, customerId: 'dora', deviceId: device }),
  ).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  const own = { requestId: 'again', code: await invite('limits', 'finn'), customerId: 'gina', deviceId: newDevice() };
  expect(await client().acceptInvite(own)).toEqual(await client().acceptInvite(own));
  await expect(client().acceptInvite({ ...own, deviceId: newDevice() })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
});

it('refuses to reward with the benefits of another organisation, or with what is not there', async () => {
  const benefits = first.client(BenefitsServiceService);
  for (const orgPath of ['hq/east', 'hq/west']) {
    const stock = { ...aStock({ stockId: orgPath.replace('/', '-'), orgPath }), claimedCount: 0 };
    await benefits.createStock({ requestId: requestId(), stock });
  }
  const east = first.client(FissionServiceService, { orgPath: 'hq/east' });
  const create = (stockId: string) =>
    east.createFissionCampaign({
      requestId: requestId(),
      campaign: aFissionCampaign(
        { inviterReward: { kind: 'benefit', stockId, points: 0, pointsValidMonths: 0 } },
        { definitionId: `gives-${stockId}`, orgPath: 'hq/east' },
      ),
    });
  await expect(create('hq-west')).rejects.toMatchObject({ reason: 'ORG_OUT_OF_SCOPE' });
  await expect(create('hq-nowhere')).rejects.toMatchObject({ reason: 'STOCK_NOT_FOUND' });
  expect((await create('hq-east')).campaign?.definition?.state).toBe('draft');
});

it('rewards at once when joining is the condition, and not at all after the deadline', async () => {
  const joined = { kind: 'joined', factType: '', countMin: 0, amountMinorMin: 0, stockId: '' } as const;
  const benefits = first.client(BenefitsServiceService);
  const stock = { ...aStock({ stockId: 'welcome' }), claimedCount: 0 };
  await benefits.createStock({ requestId: requestId(), stock });
  const inviteeReward = { kind: 'benefit', stockId: 'welcome', points: 0, pointsValidMonths: 0 };
  await openCampaign('at-once', { condition: joined, inviteeReward });
  await accept(await invite('at-once', 'hugo'), 'iris');
  expect((await progress('at-once', 'iris')).member?.state).toBe('qualified');
  await eventually(async () => {
    const { instances } = await benefits.listWallet({
      customerId: 'iris',
      pageSize: 0,
      pageToken: '',
      state: '',
      group: '',
    });
    expect(instances.map(({ stockId }) => stockId)).toEqual(['welcome']);
    const { inviteeReward: earned } = await progress('at-once', 'iris');
    expect(earned).toMatchObject({ state: 'granted', instanceId: instances[0]?.instanceId });
  });

  await openCampaign('in-time', { conditionWithinSeconds: 60 });
  await accept(await invite('in-time', 'hugo'), 'jan');
  clock.advance(61_000);
  await tellTransaction('jan', 'jan-late');
  await accept(await invite('in-time', 'hugo'), 'kim');
  await tellTransaction('kim', 'kim-1');
  await eventually(async () => expect((await progress('in-time', 'kim')).member?.state).toBe('qualified'));
  expect((await progress('in-time', 'jan')).member?.state).toBe('lapsed');
});

it('approves and lists a campaign that rewards the inviter only', async () => {
  await openCampaign('one-sided', { inviteeReward: undefined });
  const { campaigns } = await client().listFissionCampaigns({ pageSize: 0, pageToken: '' });
  const terms = campaigns.find(({ definition }) => definition?.definitionId === 'one-sided')?.terms;
  expect(terms).toMatchObject({ inviterReward: { points: 10 }, inviteeReward: undefined });
});

it('hides from a customer who his invited ones are, and pages them', async () => {
  await openCampaign('hidden', { personMaxPerDevice: 9 });
  const code = await invite('hidden', 'lena');
  for (const friend of ['m-1', 'm-2', 'm-3']) await accept(code, friend);
  const own = as('lena');
  const page = await own.listInvitees({ campaignId: 'hidden', customerId: 'lena', pageSize: 2, pageToken: '' });
  const rest = await own.listInvitees({
    campaignId: 'hidden',
    customerId: 'lena',
    pageSize: 2,
    pageToken: page.nextPageToken,
  });
  expect([...page.invitees, ...rest.invitees].map(({ member }) => [member?.customerId, member?.inviterId])).toEqual(
    Array.from({ length: 3 }, () => ['', 'lena']),
  );
  const others = as('m-1').listInvitees({ campaignId: 'hidden', customerId: 'lena', pageSize: 2, pageToken: '' });
  await expect(others).rejects.toMatchObject({ reason: 'NOT_YOURS' });
});

it('shows staff of another organisation neither counts nor members of a campaign', async () => {
  await openCampaign('headquarters');
  await accept(await invite('headquarters', 'nora'), 'olaf');
  const west = first.client(FissionServiceService, { orgPath: 'hq/west' });
  const member = { campaignId: 'headquarters', customerId: 'nora' };
  const outOfScope = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(west.getFissionReport({ campaignId: 'headquarters' })).rejects.toMatchObject(outOfScope);
  await expect(progress('headquarters', 'nobody')).rejects.toMatchObject({ reason: 'MEMBER_NOT_FOUND' });
  await expect(west.getFissionProgress(member)).rejects.toMatchObject(outOfScope);
  await expect(west.listInvitees({ ...member, pageSize: 0, pageToken: '' })).rejects.toMatchObject(outOfScope);
  expect((await progress('headquarters', 'nora')).member).toMatchObject({ inviteeCount: 1 });
});

it('tells the first answer to who asks again when the campaign is over, on another replica too', async () => {
  await openCampaign('over');
  const creation = { requestId: requestId(), campaignId: 'over', customerId: 'pam', deviceId: newDevice() };
  const created = await client().createInvite(creation);
  const acceptance = { requestId: requestId(), code: created.code, customerId: 'quinn', deviceId: newDevice() };
  const accepted = await client().acceptInvite(acceptance);
  clock.set(aFissionCampaign().definition.validTo);
  expect(await client(second).createInvite(creation)).toEqual(created);
  expect(await client(second).acceptInvite(acceptance)).toEqual(accepted);
  const isOver = { reason: 'CAMPAIGN_NOT_OPEN' };
  await expect(accept(created.code, 'rita')).rejects.toMatchObject(isOver);
  await expect(invite('over', 'rita')).rejects.toMatchObject(isOver);
});
