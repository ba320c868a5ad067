import { NameListMembersMoved } from '@tidegate/contracts/campaigns/v1/campaigns_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';

// Goal: a lead goes to the person whom a name list gave the customer, and follows when the list gives him to another.

const clock = new FakeClock();
let centre: CallCentre;
beforeAll(async () => {
  centre = await CallCentre.open({ clock });
  await centre.putQueue();
});
afterAll(() => centre?.service.stop());

const tell = (
  messageId: string,
  toAgentId: string,
  customerIds: string[],
  movedAt = clock.now(),
  fromAgentId = '',
): Promise<void> => {
  const moved = customerIds.map((customerId) => ({ customerId, fromAgentId, toAgentId }));
  const event = { listId: 'l1', strategyId: 'term-deposit', orgPath: 'hq', moved, movedAt };
  return centre.service.publish(NameListMembersMoved, 'l1', [event], messageId);
};
const owners = () => centre.service.mongo.connection.collection('lead_owners');
const openOf = async (seatId: string): Promise<string[]> =>
  (await centre.openLeads(seatId)).map(({ leadId }) => leadId).sort();

it('offers leads to whoever has the customer, before others that are as free', async () => {
  await tell('first', 'agent-b', ['c-1', 'c-2']);
  await eventually(async () => expect(await owners().countDocuments()).toBe(2));
  for (const seatId of ['a', 'b']) await centre.putSeat(seatId, { capacity: 3 });
  await centre.decide([1, 2, 3]);
  await eventually(async () => {
    expect(await openOf('b')).toEqual(['lead-d-1', 'lead-d-2']);
    expect(await openOf('a')).toEqual(['lead-d-3']);
  });
});

it('follows when a list gives the customer to another, and forgets what is told late', async () => {
  await centre.putQueue({ queue: 'branch', channel: 'branch' });
  for (const seatId of ['c', 'd']) {
    await centre.putSeat(seatId, { queues: ['branch'], capacity: 2, state: 'away' });
  }
  await centre.decide([11, 12], { queue: 'branch', channel: 'branch' });
  const leads = centre.service.mongo.connection.collection('leads');
  const preferred = (seatId: string) => leads.countDocuments({ queue: 'branch', preferredSeatId: seatId });
  await eventually(async () => expect(await preferred('')).toBe(2));
  const longAgo = clock.now();
  clock.advance(1_000);
  await tell('second', 'agent-c', ['c-11', 'c-12']);
  await eventually(async () => expect(await preferred('c')).toBe(2));
  await tell('late', 'agent-d', ['c-11', 'c-12'], longAgo);
  clock.advance(1_000);
  await tell('third', 'agent-d', ['c-12']);
  await eventually(async () => expect(await preferred('d')).toBe(1));
  expect(await preferred('c')).toBe(1);
  await tell('nobody', '', ['c-11'], new Date(clock.now().getTime() + 1));
  await eventually(async () => expect(await preferred('')).toBe(1));
});

it('comes to the next person also when it was kept for the team of the one before', async () => {
  await centre.putQueue({ queue: 'teams', channel: 'branch' });
  await centre.putSeat('e', { queues: ['teams'], teamId: 'east', state: 'away' });
  await centre.putSeat('w', { queues: ['teams'], teamId: 'west' });
  await centre.decide([21], { queue: 'teams', channel: 'branch', capacityTeamId: 'east' });
  await eventually(async () => expect(await centre.lead('lead-d-21')).toMatchObject({ teamId: 'east' }));
  clock.advance(1_000);
  await tell('given', 'agent-e', ['c-21']);
  expect(await openOf('w')).toEqual([]);
  clock.advance(1_000);
  await tell('recalled', 'agent-w', ['c-21'], clock.now(), 'agent-e');
  await eventually(async () => expect(await openOf('w')).toEqual(['lead-d-21']));
});
