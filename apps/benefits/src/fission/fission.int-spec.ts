import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { eventually } from '@tidegate/testing';
import { aStock } from '../testing/stock.factory';
import { tally } from '../testing/wallet.fixture';
import { factDeed } from './fission.message';
import { aFissionCampaign } from './testing/fission.factory';
import { FissionFixture } from './testing/fission.fixture';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

// Goal: whoever invites whom at the same time on whatever replica, the invite tree is one, and both sides are rewarded once.

let fission: FissionFixture;
const parents = async (campaignId: string): Promise<Map<string, string>> => {
  const members = await fission.first.mongo.connection.collection('fission_members').find({ campaignId }).toArray();
  return new Map(members.map(({ customerId, inviterId }) => [String(customerId), String(inviterId)]));
};

beforeAll(async () => {
  fission = await FissionFixture.start();
});
afterAll(() => fission?.stop());

it('rewards both sides once when the invited one has met the condition, however often it is told', async () => {
  await fission.openCampaign('both');
  const code = await fission.invite('both', 'anna');
  expect(await fission.invite('both', 'anna')).toBe(code);
  await fission.accept(code, 'ben');
  expect((await fission.progress('both', 'ben')).member).toMatchObject({ state: 'joined', inviterId: 'anna' });
  await fission.tellTransaction('ben', 'ben-1');
  await fission.tellTransaction('ben', 'ben-1');
  await fission.tellTransaction('ben', 'ben-2');
  await eventually(async () => {
    const { member, inviteeReward } = await fission.progress('both', 'ben');
    expect(member?.state).toBe('qualified');
    expect(inviteeReward).toMatchObject({ state: 'granted', reward: { kind: 'points', points: 5 } });
    const { invitees } = await fission.client().listInvitees({
      campaignId: 'both',
      customerId: 'anna',
      pageSize: 0,
      pageToken: '',
    });
    expect(invitees).toMatchObject([{ inviterReward: { state: 'granted', reward: { points: 10 } } }]);
  });
  expect((await fission.progress('both', 'anna')).member).toMatchObject({ qualifiedCount: 1, rewardedCount: 1 });
  const owed = await fission.first.mongo.connection.collection('owed_rewards').countDocuments({ reference: 'both' });
  expect(owed).toBe(2);
  expect(await fission.client().getFissionReport({ campaignId: 'both' })).toMatchObject({
    joinedCount: 0,
    qualifiedCount: 1,
  });
});

it('counts for an inviter what his friend does in one batch with his own deed, and rewards him no more often than he may', async () => {
  await fission.openCampaign('chain', { rewardedMaxPerPerson: 1 });
  // She takes part first, so that her deed is noted before that of her inviter.
  await fission.invite('chain', 'amy');
  await fission.accept(await fission.invite('chain', 'xia'), 'max');
  const code = await fission.invite('chain', 'max');
  await fission.accept(code, 'amy');
  await fission.accept(code, 'ned');
  const pay = (customerIds: string[]): Promise<void> => {
    const { app, mongo } = fission.first;
    const at = fission.clock.now();
    const paid = {
      factType: 'transaction',
      data: { amountMinor: 5_000, currency: 'CNY' },
      occurredAt: at,
      acceptedAt: at,
    };
    const deeds = customerIds.map((customerId) => factDeed({ ...paid, factId: `chain-${customerId}`, customerId }, at));
    return mongo.transaction((tx) => app.get(MeetConditionUseCase).execute(deeds, tx));
  };
  const host = async () => (await fission.progress('chain', 'max')).member;
  await pay(['amy', 'max']);
  expect(await host()).toMatchObject({ state: 'qualified', inviteeCount: 2, qualifiedCount: 1, rewardedCount: 1 });
  await pay(['ned']);
  expect(await host()).toMatchObject({ state: 'qualified', qualifiedCount: 2, rewardedCount: 1 });
});

it('gives one person one inviter, however many codes he accepts at once on two replicas', async () => {
  await fission.openCampaign('one', { personMaxPerDevice: 50 });
  const codes = await Promise.all(Array.from({ length: 8 }, (_, index) => fission.invite('one', `inviter-${index}`)));
  const device = fission.newDevice();
  const counts = await tally(
    codes.map((code, index) => fission.accept(code, 'wanted', device, fission.replica(index))),
  );
  expect(counts).toEqual({ done: 1, INVITER_FIXED: 7 });
  const members = await Promise.all(codes.map((_, index) => fission.progress('one', `inviter-${index}`)));
  expect(members.reduce((sum, { member }) => sum + (member?.inviteeCount ?? 0), 0)).toBe(1);
});

it('never makes a ring, when everybody accepts the next one’s code at once', async () => {
  await fission.openCampaign('ring');
  const people = Array.from({ length: 6 }, (_, index) => `ring-${index}`);
  const codes = await Promise.all(people.map((person) => fission.invite('ring', person)));
  // Each brings a tree of his own, so that each acceptance hangs one tree under another.
  await Promise.all(codes.map((code, index) => fission.accept(code, `leaf-${index}`)));
  const counts = await tally(
    people.map((person, index) =>
      fission.accept(codes[(index + 1) % people.length]!, person, fission.newDevice(), fission.replica(index)),
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
  await fission.openCampaign('limits', { inviteeMaxPerPerson: 1, rewardedMaxPerPerson: 1 });
  const device = fission.newDevice();
  const code = await fission.invite('limits', 'cleo', device);
  await expect(fission.accept(code, 'cleo')).rejects.toMatchObject({ reason: 'INVITE_TO_SELF' });
  await expect(fission.accept('nothing', 'dora')).rejects.toMatchObject({ reason: 'INVITE_NOT_FOUND' });
  await expect(fission.accept(code, 'dora', device)).rejects.toMatchObject({ reason: 'DEVICE_LIMIT_REACHED' });
  await fission.accept(code, 'dora');
  await expect(fission.accept(code, 'emil')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await expect(fission.invite('nowhere', 'cleo')).rejects.toMatchObject({ reason: 'CAMPAIGN_NOT_OPEN' });
  await expect(
    fission.as('emil').acceptInvite({ requestId: 'x', code, customerId: 'dora', deviceId: device }),
  ).rejects.toMatchObject({ reason: 'NOT_YOURS' });
  const own = {
    requestId: 'again',
    code: await fission.invite('limits', 'finn'),
    customerId: 'gina',
    deviceId: fission.newDevice(),
  };
  expect(await fission.client().acceptInvite(own)).toEqual(await fission.client().acceptInvite(own));
  await expect(fission.client().acceptInvite({ ...own, deviceId: fission.newDevice() })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
});

it('refuses to reward with the benefits of another organisation, or with what is not there', async () => {
  const benefits = fission.first.client(BenefitsServiceService);
  for (const orgPath of ['hq/east', 'hq/west']) {
    const stock = { ...aStock({ stockId: orgPath.replace('/', '-'), orgPath }), claimedCount: 0 };
    await benefits.createStock({ requestId: fission.requestId(), stock });
  }
  const east = fission.first.client(FissionServiceService, { orgPath: 'hq/east' });
  const create = (stockId: string) =>
    east.createFissionCampaign({
      requestId: fission.requestId(),
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
  const benefits = fission.first.client(BenefitsServiceService);
  const stock = { ...aStock({ stockId: 'welcome' }), claimedCount: 0 };
  await benefits.createStock({ requestId: fission.requestId(), stock });
  const inviteeReward = { kind: 'benefit', stockId: 'welcome', points: 0, pointsValidMonths: 0 };
  await fission.openCampaign('at-once', { condition: joined, inviteeReward });
  await fission.accept(await fission.invite('at-once', 'hugo'), 'iris');
  expect((await fission.progress('at-once', 'iris')).member?.state).toBe('qualified');
  await eventually(async () => {
    const { instances } = await benefits.listWallet({
      customerId: 'iris',
      pageSize: 0,
      pageToken: '',
      state: '',
      group: '',
    });
    expect(instances.map(({ stockId }) => stockId)).toEqual(['welcome']);
    const { inviteeReward: earned } = await fission.progress('at-once', 'iris');
    expect(earned).toMatchObject({ state: 'granted', instanceId: instances[0]?.instanceId });
  });

  await fission.openCampaign('in-time', { conditionWithinSeconds: 60 });
  await fission.accept(await fission.invite('in-time', 'hugo'), 'jan');
  fission.clock.advance(61_000);
  await fission.tellTransaction('jan', 'jan-late');
  await fission.accept(await fission.invite('in-time', 'hugo'), 'kim');
  await fission.tellTransaction('kim', 'kim-1');
  await eventually(async () => expect((await fission.progress('in-time', 'kim')).member?.state).toBe('qualified'));
  expect((await fission.progress('in-time', 'jan')).member?.state).toBe('lapsed');
});

it('approves and lists a campaign that rewards the inviter only', async () => {
  await fission.openCampaign('one-sided', { inviteeReward: undefined });
  const { campaigns } = await fission.client().listFissionCampaigns({ pageSize: 0, pageToken: '' });
  const terms = campaigns.find(({ definition }) => definition?.definitionId === 'one-sided')?.terms;
  expect(terms).toMatchObject({ inviterReward: { points: 10 }, inviteeReward: undefined });
});

it('hides from a customer who his invited ones are, and pages them', async () => {
  await fission.openCampaign('hidden', { personMaxPerDevice: 9 });
  const code = await fission.invite('hidden', 'lena');
  for (const friend of ['m-1', 'm-2', 'm-3']) await fission.accept(code, friend);
  const own = fission.as('lena');
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
  expect(Buffer.from(page.nextPageToken, 'base64url').toString('latin1')).not.toMatch(/m-[123]/);
  const others = fission
    .as('m-1')
    .listInvitees({ campaignId: 'hidden', customerId: 'lena', pageSize: 2, pageToken: '' });
  await expect(others).rejects.toMatchObject({ reason: 'NOT_YOURS' });
});

it('shows staff of another organisation neither counts nor members of a campaign', async () => {
  await fission.openCampaign('headquarters');
  await fission.accept(await fission.invite('headquarters', 'nora'), 'olaf');
  const west = fission.first.client(FissionServiceService, { orgPath: 'hq/west' });
  const member = { campaignId: 'headquarters', customerId: 'nora' };
  const outOfScope = { reason: 'ORG_OUT_OF_SCOPE' };
  await expect(west.getFissionReport({ campaignId: 'headquarters' })).rejects.toMatchObject(outOfScope);
  await expect(fission.progress('headquarters', 'nobody')).rejects.toMatchObject({ reason: 'MEMBER_NOT_FOUND' });
  await expect(west.getFissionProgress(member)).rejects.toMatchObject(outOfScope);
  await expect(west.listInvitees({ ...member, pageSize: 0, pageToken: '' })).rejects.toMatchObject(outOfScope);
  expect((await fission.progress('headquarters', 'nora')).member).toMatchObject({ inviteeCount: 1 });
});

it('tells the first answer to who asks again when the campaign is over, on another replica too', async () => {
  await fission.openCampaign('over');
  const creation = {
    requestId: fission.requestId(),
    campaignId: 'over',
    customerId: 'pam',
    deviceId: fission.newDevice(),
  };
  const created = await fission.client().createInvite(creation);
  const acceptance = {
    requestId: fission.requestId(),
    code: created.code,
    customerId: 'quinn',
    deviceId: fission.newDevice(),
  };
  const accepted = await fission.client().acceptInvite(acceptance);
  fission.clock.set(aFissionCampaign().definition.validTo);
  expect(await fission.client(fission.second).createInvite(creation)).toEqual(created);
  expect(await fission.client(fission.second).acceptInvite(acceptance)).toEqual(accepted);
  const isOver = { reason: 'CAMPAIGN_NOT_OPEN' };
  await expect(fission.accept(created.code, 'rita')).rejects.toMatchObject(isOver);
  await expect(fission.invite('over', 'rita')).rejects.toMatchObject(isOver);
});
