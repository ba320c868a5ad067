import { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { LeadOffered } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../testing/call-centre';

// Goal: a lead is offered within the team whose time was reserved for it, exactly, over two replicas, and goes on as its queue says.

const PATIENT = { timeoutMs: 60_000 };
const TEAMS = ['north', 'south'];

const clock = new FakeClock();
let first: CallCentre;
let second: CallCentre;
beforeAll(async () => {
  first = await CallCentre.open({ clock });
  second = await CallCentre.open({ clock, shareWith: first });
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);
const leads = () => first.service.mongo.connection.collection('leads');
const countOf = (filter: object) => leads().countDocuments(filter);
const created = (queue: string, count: number): Promise<void> =>
  eventually(async () => expect(await countOf({ queue })).toBe(count), PATIENT);

it('goes to seats of its team alone, each lead once, while others take what is nobody’s, whoever comes first', async () => {
  await first.putQueue({ queue: 'split' });
  const seatIds = ['north-1', 'north-2', 'south-1', 'south-2', 'none-1'];
  const teamOf = (seatId: string): string => (seatId.startsWith('none') ? '' : seatId.slice(0, -2));
  for (const seatId of seatIds) {
    await first.putSeat(seatId, { queues: ['split'], teamId: teamOf(seatId), capacity: 2, state: 'away' });
  }
  await Promise.all([
    first.decide(numbers(100, 40), { queue: 'split', capacityTeamId: 'north' }),
    first.decide(numbers(200, 40), { queue: 'split', capacityTeamId: 'south' }),
    second.decide(numbers(300, 20), { queue: 'split' }),
  ]);
  await created('split', 100);
  const strays: string[] = [];
  const stop = first.service.bus.listen(LeadOffered, ({ data }) => {
    const { teamId = '', leadId = '', seatId = '', queue } = data.lead ?? {};
    if (queue === 'split' && teamId !== '' && teamOf(seatId) !== teamId) strays.push(`${leadId} to ${seatId}`);
  });
  const ready = seatIds.map((seatId, index) =>
    (index % 2 ? first : second).putSeat(seatId, { queues: ['split'], teamId: teamOf(seatId), capacity: 2 }),
  );
  await Promise.all(ready);
  const worked: string[] = [];
  const bySeat = new Map<string, number>();
  const work = (centre: CallCentre, ids: string[]): Promise<void> =>
    centre.workUntil(
      () => worked.length >= 100,
      ids,
      ({ leadId, teamId }, seatId) => {
        worked.push(leadId);
        bySeat.set(seatId, (bySeat.get(seatId) ?? 0) + 1);
        if (teamId !== '' && teamOf(seatId) !== teamId) strays.push(`${leadId} worked by ${seatId}`);
      },
    );
  await Promise.all([work(first, seatIds.slice(0, 3)), work(second, seatIds.slice(3))]);
  stop();
  expect(new Set(worked).size).toBe(100);
  expect(strays).toEqual([]);
  for (const team of TEAMS) {
    const ofTeam = seatIds.filter((seatId) => teamOf(seatId) === team);
    expect(ofTeam.reduce((sum, seatId) => sum + (bySeat.get(seatId) ?? 0), 0)).toBeGreaterThanOrEqual(40);
  }
  const isTooFull = { $expr: { $gt: [{ $size: '$openLeadIds' }, '$capacity'] } };
  expect(await first.service.mongo.connection.collection('seats').countDocuments(isTooFull)).toBe(0);
});

it('is not held up by a long queue of another team', async () => {
  await first.putQueue({ queue: 'long' });
  await first.putSeat('long-north', { queues: ['long'], teamId: 'north', state: 'away' });
  await first.putSeat('long-south', { queues: ['long'], teamId: 'south', state: 'away' });
  // More than are read at once, and all of them better.
  await first.decide(numbers(10_000, 620), { queue: 'long', capacityTeamId: 'north' });
  await first.decide([1_000], { queue: 'long', capacityTeamId: 'south' });
  await created('long', 621);
  await first.putSeat('long-south', { queues: ['long'], teamId: 'south' });
  await eventually(
    async () => expect(await first.openLeads('long-south')).toMatchObject([{ leadId: 'lead-d-1000' }]),
    PATIENT,
  );
  expect(await countOf({ queue: 'long', state: 'waiting' })).toBe(620);
});

it('overflows to anybody of the next queue, when its team lets it go or is silent', async () => {
  await first.putQueue({ queue: 'over-next' });
  await first.putQueue({ queue: 'over', overflowQueue: 'over-next', maxAttempts: 1, maxWaitSeconds: 600 });
  await first.putSeat('over-north', { queues: ['over'], teamId: 'north' });
  await first.putSeat('over-any', { queues: ['over', 'over-next'], capacity: 2 });
  await first.decide([401, 402], { queue: 'over', capacityTeamId: 'north' });
  await created('over', 2);
  const [offered] = await eventually(async () => {
    const open = await first.openLeads('over-north');
    expect(open).toHaveLength(1);
    return open;
  }, PATIENT);
  expect(await first.openLeads('over-any')).toEqual([]);
  const { leadId } = offered!;
  const decline = { requestId: first.nextRequestId(), leadId, seatId: 'over-north', reason: 'busy' };
  await first.agent('over-north').declineLead(decline);
  await eventually(async () => {
    expect(await first.openLeads('over-any')).toMatchObject([{ leadId, queue: 'over-next', teamId: '' }]);
  }, PATIENT);
  clock.advance(601_000);
  await eventually(async () => {
    const open = await first.openLeads('over-any');
    expect(open.map(({ queue, teamId }) => `${queue}|${teamId}`)).toContain('over-next|');
    expect(await countOf({ queue: 'over' })).toBe(0);
  }, PATIENT);
});

it('is open to all where its team has no seat in the queue, and once the time reserved is anybody’s', async () => {
  await first.putQueue({ queue: 'open', skill: 'loans' });
  // Of the team, but without the skill.
  await first.putSeat('open-west', { queues: ['open'], teamId: 'west', state: 'away' });
  await first.putSeat('open-east', { queues: ['open'], teamId: 'east', skills: ['loans'], state: 'away' });
  await first.decide([501], { queue: 'open', capacityTeamId: 'west' });
  await first.decide([502, 503], { queue: 'open', capacityTeamId: 'east' });
  await created('open', 3);
  expect(await first.lead('lead-d-501')).toMatchObject({ teamId: '' });
  expect(await first.lead('lead-d-502')).toMatchObject({ teamId: 'east' });
  await first.putSeat('open-any', { queues: ['open'], skills: ['loans'], capacity: 5 });
  await eventually(
    async () => expect(await first.openLeads('open-any')).toMatchObject([{ leadId: 'lead-d-501' }]),
    PATIENT,
  );
  const moved = { customerId: 'c-502', capacitySlot: '', promisedAt: undefined, isReleased: false, moveCount: 1 };
  await first.service.publish(CapacityMoved, 'd-502', [{ ...moved, decisionId: 'd-502', queue: 'open', teamId: '' }]);
  await eventually(async () => {
    expect((await first.openLeads('open-any')).map(({ leadId }) => leadId).sort()).toEqual([
      'lead-d-501',
      'lead-d-502',
    ]);
  }, PATIENT);
  // Told before its decision: it is the team's then.
  const early = { ...moved, decisionId: 'd-504', customerId: 'c-504', queue: 'open', teamId: 'east' };
  await first.service.publish(CapacityMoved, 'd-504', [early]);
  const heard = first.service.mongo.connection.collection('early_capacity_moves');
  await eventually(async () => expect(await heard.countDocuments({ _id: 'lead-d-504' as never })).toBe(1), PATIENT);
  await first.decide([504], { queue: 'open' });
  await eventually(async () => expect(await first.lead('lead-d-504')).toMatchObject({ teamId: 'east' }), PATIENT);
});

it('goes back when its seat changes to another team', async () => {
  await first.putQueue({ queue: 'turn' });
  const seat = { queues: ['turn'], teamId: 'north' };
  await first.putSeat('turn-1', seat);
  await first.decide([601], { queue: 'turn', capacityTeamId: 'north' });
  await eventually(async () => expect(await first.openLeads('turn-1')).toHaveLength(1), PATIENT);
  await first.putSeat('turn-2', seat);
  await first.putSeat('turn-1', { ...seat, teamId: 'south' });
  await eventually(
    async () => expect(await first.openLeads('turn-2')).toMatchObject([{ leadId: 'lead-d-601' }]),
    PATIENT,
  );
  expect(await first.openLeads('turn-1')).toEqual([]);
  const wrong = first.putSeat('turn-3', { ...seat, teamId: 'no|team' });
  await expect(wrong).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
});
