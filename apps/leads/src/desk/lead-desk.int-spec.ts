import type { Lead } from '@tidegate/contracts/leads/v1/leads';
import { LeadClosed, LeadOffered } from '@tidegate/contracts/leads/v1/leads_events';
import type { DomainError } from '@tidegate/errors';
import { eventually } from '@tidegate/testing';
import { CallCentre } from '../testing/call-centre';

// Goal: a backlog drains by itself, exactly, over two replicas: no lead twice, no seat above its capacity, best lead first.

let first: CallCentre;
let second: CallCentre;

beforeAll(async () => {
  first = await CallCentre.open();
  second = await CallCentre.open({ shareWith: first });
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

const numbers = (from: number, count: number): number[] => Array.from({ length: count }, (_, index) => from + index);

it('gives an offered lead to one of two who accept it at once', async () => {
  await first.putQueue({ queue: 'race' });
  await first.putSeat('race-1', { queues: ['race'] });
  await first.putSeat('race-2', { queues: ['race'] });
  await first.decide([1], { queue: 'race' });
  const [holder] = await eventually(async () => {
    const open = [...(await first.openLeads('race-1')), ...(await first.openLeads('race-2'))];
    expect(open).toHaveLength(1);
    return open;
  });
  const outcomes = await Promise.all(
    [first, second].flatMap((replica) =>
      ['race-1', 'race-2'].map((seatId) =>
        replica.accept({ leadId: 'lead-d-1' }, seatId).then(
          () => seatId,
          (error: DomainError) => error.reason,
        ),
      ),
    ),
  );
  expect(outcomes.filter((outcome) => outcome === holder!.seatId)).toHaveLength(1);
  for (const outcome of outcomes)
    expect([holder!.seatId, 'NOT_OFFERED_TO_SEAT', 'LEAD_MOVE_NOT_ALLOWED']).toContain(outcome);
  expect(await first.lead('lead-d-1')).toMatchObject({ state: 'accepted', seatId: holder!.seatId });
});

it('drains 200 leads over 10 seats and two replicas, each lead once, best first, no seat above its capacity', async () => {
  const seatIds = numbers(0, 10).map((n) => `drain-${n}`);
  await first.putQueue({ queue: 'drain' });
  await first.decide(numbers(1_000, 200), { queue: 'drain' });
  await eventually(async () =>
    expect(await first.service.mongo.connection.collection('leads').countDocuments({ queue: 'drain' })).toBe(200),
  );
  const offered: string[] = [];
  const closed: string[] = [];
  const stopListening = [
    first.service.bus.listen(LeadOffered, ({ data }) => data.lead?.queue === 'drain' && offered.push(data.lead.leadId)),
    first.service.bus.listen(LeadClosed, ({ data }) => data.lead?.queue === 'drain' && closed.push(data.lead.leadId)),
  ];
  await Promise.all(
    seatIds.map((seatId, i) => (i % 2 ? first : second).putSeat(seatId, { queues: ['drain'], capacity: 2 })),
  );
  const worked: Lead[] = [];
  const work = (centre: CallCentre, ids: string[]): Promise<void> =>
    centre.workUntil(
      () => worked.length >= 200,
      ids,
      (lead) => worked.push(lead),
    );
  const isTooFull = { $expr: { $gt: [{ $size: '$openLeadIds' }, '$capacity'] } };
  await Promise.all([work(first, seatIds.slice(0, 5)), work(second, seatIds.slice(5))]);

  expect(new Set(worked.map(({ leadId }) => leadId)).size).toBe(200);
  expect(await first.service.mongo.connection.collection('seats').countDocuments(isTooFull)).toBe(0);
  const seats = await Promise.all(seatIds.map((seatId) => first.openLeads(seatId)));
  expect(seats.flat()).toEqual([]);
  // In the order of offers: how long a seat then keeps a lead is its own affair. Offers made at once are of twenty places at most.
  const byOffer = worked.sort((a, b) => a.offeredAt!.getTime() - b.offeredAt!.getTime() || b.priority - a.priority);
  byOffer.forEach(({ priority }, index) => expect(Math.abs((1_199 - index) / 2 - priority)).toBeLessThanOrEqual(10));
  await eventually(() => {
    expect([...offered].sort()).toEqual([...new Set(worked.map(({ leadId }) => leadId))].sort());
    expect(closed).toHaveLength(200);
  });
  for (const stop of stopListening) stop();
});

it('makes one lead of a decision told twice, in two orders, and none of decisions that ask for no person', async () => {
  await first.putQueue({ queue: 'once' });
  await first.decide([2_001, 2_002], { queue: 'once' }, 'once-a');
  await first.decide([2_002, 2_001, 2_003], { queue: 'once' }, 'once-b');
  await first.decide([2_001, 2_002], { queue: 'once' }, 'once-a');
  await first.decide([2_004], { queue: 'once', reason: 'OUTRANKED' });
  await first.decide([2_005], { queue: 'once', channel: 'app' });
  await first.decide([2_006], { queue: '' });
  await first.decide([2_007], { queue: 'once' });
  const expected = [2_001, 2_002, 2_003, 2_007].map((n) => `lead-d-${n}`);
  const all = { queue: 'once', seatId: '', customerId: '', state: '', pageSize: 0, pageToken: '' };
  // Two replicas take the messages, so the last one told may be the first one seen.
  await eventually(async () => {
    const { leads } = await first.leads.listLeads(all);
    expect(leads.map(({ leadId }) => leadId).sort()).toEqual(expected);
  });
});

it('puts a decision for an unknown queue aside without harm to its neighbours', async () => {
  await first.putQueue({ queue: 'known' });
  await first.decide([2_101], { queue: 'nowhere' });
  await first.decide([2_102], { queue: 'known' });
  await eventually(async () => expect((await first.lead('lead-d-2102')).state).toBe('waiting'));
});

it('answers a repeated request with the first answer and refuses the id for anything else', async () => {
  await first.putQueue({ queue: 'repeat' });
  await first.putSeat('repeat-1', { queues: ['repeat'] });
  await first.decide([3_001, 3_002], { queue: 'repeat' });
  await eventually(async () => expect(await first.openLeads('repeat-1')).toMatchObject([{ leadId: 'lead-d-3002' }]));
  const agent = first.agent('repeat-1');
  const request = { requestId: 'repeat-accept', leadId: 'lead-d-3002', seatId: 'repeat-1' };
  const [once, twice] = await Promise.all([agent.acceptLead(request), agent.acceptLead(request)]);
  await first.agent('repeat-1').recordDisposition({
    ...request,
    requestId: 'repeat-end',
    disposition: 'converted',
    note: '',
    callBackAt: undefined,
  });
  const later = await agent.acceptLead(request);
  expect(twice).toEqual(once);
  expect(later).toEqual(once);
  expect((await first.lead('lead-d-3002')).state).toBe('closed');
  await expect(agent.acceptLead({ ...request, leadId: 'lead-d-3001' })).rejects.toMatchObject({
    reason: 'REQUEST_ID_REUSED',
  });
  await expect(first.agent('repeat-2').acceptLead(request)).rejects.toMatchObject({ reason: 'SEAT_NOT_YOURS' });
  expect(await first.openLeads('repeat-1')).toMatchObject([{ leadId: 'lead-d-3001', state: 'offered' }]);
});
