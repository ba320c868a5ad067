import { eventually } from '@tidegate/testing';
import type { Seat } from '../domain/seat';
import { SeatRepository } from '../repositories/seat.repository';
import { CallCentre } from '../testing/call-centre';

// Goal: what waits for one seat, or one team, alone is offered there, however many other seats are free.

const IDLE = 205;
let centre: CallCentre;
beforeAll(async () => {
  centre = await CallCentre.open();
  await centre.putQueue({ queue: 'big' });
  const seat = (seatId: string, teamId = ''): Seat => ({
    ...{ seatId, agentId: `agent-${seatId}`, orgPath: 'hq', teamId, queues: ['big'], skills: [], capacity: 1 },
    ...{ state: 'available', openLeadIds: [], lastOfferedAt: undefined },
  });
  const idle = Array.from({ length: IDLE }, (_, index) => seat(`idle-${index}`));
  const { mongo } = centre.service;
  await mongo.transaction((tx) => seats().saveMany(idle, tx));
  await mongo.transaction((tx) => seats().saveMany([seat('own'), seat('of-team', 'east')], tx));
});
afterAll(() => centre?.service.stop());

const seats = (): SeatRepository => centre.service.app.get(SeatRepository);

it('reaches the seat and the team beyond those that are looked at first', async () => {
  const looked = await centre.service.mongo.transaction((tx) => seats().listFree('big', 200, tx));
  expect(looked.map(({ seatId }) => seatId)).not.toEqual(expect.arrayContaining(['own']));
  expect(looked.map(({ seatId }) => seatId)).not.toEqual(expect.arrayContaining(['of-team']));
  const steps = [
    { to: 'owner', queue: 'big', waitMinutes: 60 },
    { to: 'queue', queue: 'big', waitMinutes: 0 },
  ];
  const route = { routeId: '', orgPath: 'hq', strategyId: 'owned', actionId: '', queue: '', steps };
  await centre.coordination().putRoute({ requestId: 'route', route });
  await centre.decide([1], { queue: 'big', strategyId: 'owned', ownerId: 'agent-own' });
  await centre.decide([2], { queue: 'big', capacityTeamId: 'east' });
  await eventually(async () => {
    expect(await centre.openLeads('own')).toMatchObject([{ leadId: 'lead-d-1', state: 'offered' }]);
    expect(await centre.openLeads('of-team')).toMatchObject([{ leadId: 'lead-d-2', state: 'offered' }]);
  });
});
