import { eventually, type TestService } from '@tidegate/testing';
import { tally } from '../testing/wallet.fixture';
import { factDeed } from './fission.message';
import { FissionFixture } from './testing/fission.fixture';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

// Goal: what holds for one customer holds for a natural person under all his customer ids, on whatever replica.

let fission: FissionFixture;

beforeAll(async () => {
  fission = await FissionFixture.start();
});
afterAll(() => fission?.stop());

it('takes two customer ids of one person for one: no invitation of himself, one inviter, limits over both', async () => {
  await fission.openCampaign('person', { inviteeMaxPerPerson: 2, rewardedMaxPerPerson: 1 });
  const [code, other] = [await fission.invite('person', 'iris'), await fission.invite('person', 'iris-too')];
  await fission.accept(code, 'jon');
  await fission.link('iris-too', 'iris');
  await fission.link('jon-too', 'jon');
  await expect(fission.accept(code, 'iris-too')).rejects.toMatchObject({ reason: 'INVITE_TO_SELF' });
  await expect(fission.accept(other, 'jon-too')).rejects.toMatchObject({ reason: 'INVITER_FIXED' });
  await fission.accept(other, 'kai');
  await expect(fission.accept(code, 'lea')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await expect(fission.accept(other, 'lea')).rejects.toMatchObject({ reason: 'INVITE_LIMIT_REACHED' });
  await fission.tellTransaction('jon', 'jon-pays');
  await eventually(async () => expect((await fission.progress('person', 'iris')).member?.rewardedCount).toBe(1));
  await fission.tellTransaction('kai', 'kai-pays');
  await eventually(async () => expect((await fission.progress('person', 'iris-too')).member?.qualifiedCount).toBe(1));
  expect((await fission.progress('person', 'iris-too')).member?.rewardedCount).toBe(0);
});

it('gives a person one place at a device, whichever of his customer ids takes part with it', async () => {
  await fission.openCampaign('shared-device', { personMaxPerDevice: 1 });
  await fission.link('uma', 'uma');
  await fission.link('uma-too', 'uma');
  const device = fission.newDevice();
  await fission.invite('shared-device', 'uma', device);
  await fission.invite('shared-device', 'uma-too', device);
  await expect(fission.invite('shared-device', 'vic', device)).rejects.toMatchObject({
    reason: 'DEVICE_LIMIT_REACHED',
  });
});

it('never lets two customer ids of one person have two inviters, at once on two replicas', async () => {
  await fission.openCampaign('twins', { personMaxPerDevice: 50 });
  const ids = Array.from({ length: 6 }, (_, index) => `twin-${index}`);
  for (const customerId of ids) await fission.link(customerId, 'twins');
  const codes = await Promise.all(ids.map((_, index) => fission.invite('twins', `host-${index}`)));
  const counts = await tally(
    ids.map((id, at) => fission.accept(codes[at]!, id, fission.newDevice(), fission.replica(at))),
  );
  expect(counts).toEqual({ done: 1, INVITER_FIXED: 5 });
});

it('rewards a person no more often than he may, whatever his customer ids bring in at once on two replicas', async () => {
  await fission.openCampaign('hosts', { rewardedMaxPerPerson: 1, inviteeMaxPerPerson: 50 });
  const hosts = Array.from({ length: 6 }, (_, index) => `party-host-${index}`);
  for (const customerId of hosts) {
    await fission.accept(await fission.invite('hosts', customerId), `guest-of-${customerId}`);
    await fission.link(customerId, 'party-host');
  }
  const pays = (host: string, { app, mongo }: TestService): Promise<void> => {
    const fact = { factId: `paid-${host}`, factType: 'transaction', customerId: `guest-of-${host}` };
    const times = { occurredAt: fission.clock.now(), acceptedAt: fission.clock.now() };
    const deed = factDeed({ ...fact, ...times, data: { amountMinor: 5_000, currency: 'CNY' } }, fission.clock.now());
    return mongo.transaction((tx) => app.get(MeetConditionUseCase).execute([deed], tx));
  };
  await Promise.all(hosts.map((host, index) => pays(host, fission.replica(index))));
  const members = await Promise.all(hosts.map(async (host) => (await fission.progress('hosts', host)).member!));
  const sum = (field: 'qualifiedCount' | 'rewardedCount') => members.reduce((total, each) => total + each[field], 0);
  expect([sum('qualifiedCount'), sum('rewardedCount')]).toEqual([6, 1]);
});

it('never makes a ring of persons, under whichever of their customer ids they invite', async () => {
  await fission.openCampaign('persons-ring');
  for (const id of ['ira', 'ira-too', 'jan', 'jan-too']) await fission.link(id, id.slice(0, 3));
  const bring = async (inviter: string, invitee: string) =>
    fission.accept(await fission.invite('persons-ring', inviter), invitee);
  const isRing = { reason: 'INVITE_CYCLE' };
  await bring('ira', 'jan');
  await expect(bring('jan', 'ira-too')).rejects.toMatchObject(isRing);
  // Who invites now was invited under his other id.
  await expect(bring('jan-too', 'ira-too')).rejects.toMatchObject(isRing);
  await bring('jan-too', 'kit');
  await expect(bring('kit', 'ira-too')).rejects.toMatchObject(isRing);
  await bring('lou', 'ira-too');
});

it('never makes a ring of persons, when each accepts the next one’s code at once under a second customer id', async () => {
  await fission.openCampaign('persons-race');
  const people = Array.from({ length: 4 }, (_, index) => `racer-${index}`);
  for (const person of people) for (const id of [person, `${person}-too`]) await fission.link(id, person);
  const leaves = people.map((person) => `${person}-leaf`);
  for (const [index, person] of people.entries())
    await fission.accept(await fission.invite('persons-race', person), leaves[index]!);
  const codes = await Promise.all(leaves.map((leaf) => fission.invite('persons-race', leaf)));
  const counts = await tally(
    people.map((person, index) =>
      fission.accept(codes[(index + 1) % people.length]!, `${person}-too`, fission.newDevice(), fission.replica(index)),
    ),
  );
  expect(counts).toEqual({ done: 3, INVITE_CYCLE: 1 });
});

it('counts what an invited person does under another customer id, each deed once', async () => {
  await fission.openCampaign('deeds');
  await fission.accept(await fission.invite('deeds', 'ned'), 'oda');
  await fission.link('oda', 'oda');
  await fission.link('oda-too', 'oda');
  await fission.tellTransaction('oda-too', 'oda-too-pays');
  await eventually(async () => expect((await fission.progress('deeds', 'oda')).member?.state).toBe('qualified'));
  expect((await fission.progress('deeds', 'ned')).member?.qualifiedCount).toBe(1);
  // Invited twice before anybody knew that they are one: a deed is of who did it.
  for (const id of ['pia', 'pia-too']) await fission.accept(await fission.invite('deeds', `host-of-${id}`), id);
  for (const id of ['pia', 'pia-too']) await fission.link(id, 'pia');
  await fission.tellTransaction('pia-too', 'pia-too-pays');
  await eventually(async () => expect((await fission.progress('deeds', 'pia-too')).member?.state).toBe('qualified'));
  expect((await fission.progress('deeds', 'pia')).member?.state).toBe('joined');
});
