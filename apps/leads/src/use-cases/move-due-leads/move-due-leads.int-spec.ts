import { LeadClosed, LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { MoveDueLeadsUseCase } from './move-due-leads.use-case';

// Goal: time-outs, call-backs and waiting times move each lead once, however many replicas look.

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

const pass = async (seconds: number): Promise<void> => {
  clock.advance(seconds * 1000);
  await Promise.all([first, second].map(({ service }) => service.app.get(MoveDueLeadsUseCase).execute()));
};
const offeredTo = (seatId: string, leadId: string): Promise<void> =>
  eventually(async () => expect(await first.openLeads(seatId)).toMatchObject([{ leadId, state: 'offered' }]));

it('hands a timed-out offer to the next seat, then to the overflow queue, then ends it, each step told once', async () => {
  const told: string[] = [];
  const stopListening = [
    first.service.bus.listen(LeadReturned, ({ data }) => data.lead?.leadId === 'lead-d-1' && told.push(data.cause)),
    first.service.bus.listen(LeadClosed, ({ data }) => data.lead?.leadId === 'lead-d-1' && told.push(data.outcome)),
  ];
  await first.putQueue({ queue: 'second', channel: 'branch', maxAttempts: 1, offerTimeoutSeconds: 30 });
  await first.putQueue({ queue: 'main', maxAttempts: 2, overflowQueue: 'second' });
  for (const seatId of ['a', 'b']) await first.putSeat(seatId, { queues: ['main'] });
  await first.putSeat('c', { queues: ['second'] });
  await first.decide([1], { queue: 'main' });
  await offeredTo('a', 'lead-d-1');

  await pass(60);
  await offeredTo('b', 'lead-d-1');
  await expect(first.accept({ leadId: 'lead-d-1' }, 'a')).rejects.toMatchObject({ reason: 'NOT_OFFERED_TO_SEAT' });
  await pass(60);
  await offeredTo('c', 'lead-d-1');
  expect(await first.lead('lead-d-1')).toMatchObject({ queue: 'second', attemptCount: 1 });
  await pass(30);
  expect(await first.lead('lead-d-1')).toMatchObject({ state: 'closed', disposition: 'unreachable' });
  await eventually(() =>
    expect(told.sort()).toEqual(['overflowed', 'released', 'timed_out', 'timed_out', 'timed_out']),
  );
  for (const seatId of ['a', 'b', 'c']) expect(await first.openLeads(seatId)).toEqual([]);
  for (const stop of stopListening) stop();
});

it('offers a declined lead to others first, and to its decliner again only after a while', async () => {
  await first.putQueue({ queue: 'decline' });
  await first.putSeat('d', { queues: ['decline'] });
  await first.decide([10], { queue: 'decline' });
  await offeredTo('d', 'lead-d-10');
  const requestId = first.nextRequestId();
  await first.agent('d').declineLead({ requestId, leadId: 'lead-d-10', seatId: 'd', reason: 'in a meeting' });
  expect(await first.openLeads('d')).toEqual([]);
  await first.putSeat('e', { queues: ['decline'], state: 'away' });
  await first.agent('e').setSeatState({ requestId: first.nextRequestId(), seatId: 'e', state: 'available' });
  await offeredTo('e', 'lead-d-10');
  await first.agent('e').setSeatState({ requestId: first.nextRequestId(), seatId: 'e', state: 'away' });
  expect(await first.lead('lead-d-10')).toMatchObject({ state: 'waiting', note: 'in a meeting' });
  await pass(60);
  await offeredTo('d', 'lead-d-10');
});

it('calls back when it was promised, before better leads, by who promised', async () => {
  await first.putQueue({ queue: 'back' });
  await first.putSeat('f', { queues: ['back'] });
  await first.decide([20], { queue: 'back' });
  await offeredTo('f', 'lead-d-20');
  await first.accept({ leadId: 'lead-d-20' }, 'f');
  const request = { leadId: 'lead-d-20', seatId: 'f', disposition: 'call_back', note: 'after lunch' };
  const tooLate = {
    ...request,
    requestId: first.nextRequestId(),
    callBackAt: new Date(clock.now().getTime() + 31 * 86_400_000),
  };
  await expect(first.agent('f').recordDisposition(tooLate)).rejects.toMatchObject({ reason: 'CALL_BACK_TIME_INVALID' });
  const callBackAt = new Date(clock.now().getTime() + 7_200_000);
  await first.agent('f').recordDisposition({ ...request, requestId: first.nextRequestId(), callBackAt });
  expect(await first.lead('lead-d-20')).toMatchObject({ state: 'call_back', callBackAt });
  await pass(7_100);
  expect((await first.lead('lead-d-20')).state).toBe('call_back');
  await first.agent('f').setSeatState({ requestId: first.nextRequestId(), seatId: 'f', state: 'away' });
  await first.decide([30, 31], { queue: 'back' });
  await eventually(async () => expect((await first.lead('lead-d-31')).state).toBe('waiting'));
  await pass(100);
  await first.agent('f').setSeatState({ requestId: first.nextRequestId(), seatId: 'f', state: 'available' });
  await offeredTo('f', 'lead-d-20');
});

it('ends the waiting of a lead that no seat can take', async () => {
  await first.putQueue({ queue: 'skilled', skill: 'wealth', maxWaitSeconds: 600 });
  await first.putSeat('g', { queues: ['skilled'] });
  await first.decide([40], { queue: 'skilled' });
  await eventually(async () => expect((await first.lead('lead-d-40')).state).toBe('waiting'));
  await pass(599);
  expect((await first.lead('lead-d-40')).state).toBe('waiting');
  await pass(1);
  expect(await first.lead('lead-d-40')).toMatchObject({ state: 'closed', disposition: 'unreachable' });
});

it('finds leads and free seats that a crash left apart', async () => {
  await first.putQueue({ queue: 'apart' });
  await first.decide([50], { queue: 'apart' });
  await eventually(async () => expect((await first.lead('lead-d-50')).state).toBe('waiting'));
  await first.putSeat('h', { queues: ['apart'], state: 'away' });
  const seats = first.service.mongo.connection.collection('seats');
  await seats.updateOne({ _id: 'h' as never }, { $set: { state: 'available', isFree: true } });
  await second.service.app.get(MoveDueLeadsUseCase).drainBacklog();
  await offeredTo('h', 'lead-d-50');
});
