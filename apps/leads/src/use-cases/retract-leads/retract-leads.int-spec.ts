import { DecisionMade, DecisionRetracted } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import { LeadClosed, LeadRetracted } from '@tidegate/contracts/leads/v1/leads_events';
import type { DomainError } from '@tidegate/errors';
import { Subscriptions } from '@tidegate/messaging';
import { eventually, FakeClock } from '@tidegate/testing';
import { CallCentre } from '../../testing/call-centre';
import { buildDecision } from '../../testing/decision.factory';

// Goal: a lead whose decision was retracted is offered to nobody any more, whatever is heard of first, and an open talk is not cut.

const PATIENT = { timeoutMs: 60_000 };
const clock = new FakeClock();
let first: CallCentre;
let second: CallCentre;
const closed: LeadClosed[] = [];
const marked: LeadRetracted[] = [];

beforeAll(async () => {
  first = await CallCentre.open({ clock });
  second = await CallCentre.open({ clock, shareWith: first });
  first.service.bus.listen(LeadClosed, ({ data }) => closed.push(data));
  first.service.bus.listen(LeadRetracted, ({ data }) => marked.push(data));
});
afterAll(async () => {
  await second?.service.stop();
  await first?.service.stop();
});

const retract = (numbers: number[], queue: string): Promise<void> =>
  first.service.publish(
    DecisionRetracted,
    'customers',
    numbers.map((number) => ({ decision: buildDecision(number, { queue, retractedReason: 'COMPLAINT_HOLD' }) })),
  );
const state = (number: number, expected: string): Promise<void> =>
  eventually(async () => expect((await first.lead(`lead-d-${number}`)).state).toBe(expected), PATIENT);
const RETRACTED = { state: 'closed', disposition: 'retracted', retractedReason: 'COMPLAINT_HOLD', seatId: '' };
const endsOf = (number: number): string[] =>
  closed.filter(({ lead }) => lead?.leadId === `lead-d-${number}`).map(({ outcome }) => outcome);

it('hears of it before, twice and after its decision', async () => {
  await first.putQueue({ queue: 'order' });
  await retract([1], 'order');
  await state(1, 'closed');
  await first.decide([1, 2], { queue: 'order' });
  await state(2, 'waiting');
  await retract([2, 1], 'order');
  await state(2, 'closed');
  for (const number of [1, 2]) {
    expect(await first.lead(`lead-d-${number}`)).toMatchObject(RETRACTED);
    await eventually(() => expect([number, endsOf(number)]).toEqual([number, ['released']]));
  }
  const inlets = first.service.app.get(Subscriptions).list();
  const consumersOf = (type: string): string[] =>
    inlets.filter((inlet) => inlet.type === type).map(({ consumer }) => consumer);
  expect(consumersOf(DecisionRetracted.$type)).not.toEqual(consumersOf(DecisionMade.$type));
});

it('takes an offer from its seat, which is offered the next; a talk goes on and is told', async () => {
  await first.putQueue({ queue: 'seats' });
  await first.putSeat('s-1', { queues: ['seats'] });
  await first.decide([13], { queue: 'seats' });
  await eventually(async () => expect(await first.openLeads('s-1')).toHaveLength(1));
  await first.putSeat('s-2', { queues: ['seats'] });
  await first.decide([12], { queue: 'seats' });
  await eventually(async () => expect(await first.openLeads('s-2')).toHaveLength(1));
  await first.decide([11], { queue: 'seats' });
  await state(11, 'waiting');
  await first.accept({ leadId: 'lead-d-13' }, 's-1');

  await retract([13, 12], 'seats');
  await eventually(async () => {
    expect((await first.openLeads('s-2')).map(({ leadId }) => leadId)).toEqual(['lead-d-11']);
  }, PATIENT);
  expect(await first.lead('lead-d-12')).toMatchObject(RETRACTED);
  const talked = { state: 'accepted', seatId: 's-1', retractedReason: 'COMPLAINT_HOLD' };
  expect((await first.openLeads('s-1'))[0]).toMatchObject({ leadId: 'lead-d-13', ...talked });
  await eventually(() => expect(marked.map(({ lead }) => lead)).toMatchObject([{ leadId: 'lead-d-13', ...talked }]));

  const end = (disposition: string, callBackAt?: Date): Promise<unknown> =>
    first.agent('s-1').recordDisposition({
      requestId: first.nextRequestId(),
      leadId: 'lead-d-13',
      seatId: 's-1',
      disposition,
      note: '',
      callBackAt,
    });
  const tomorrow = new Date(clock.now().getTime() + 86_400_000);
  await expect(end('call_back', tomorrow)).rejects.toMatchObject({ reason: 'CONTACT_RETRACTED' });
  await end('not_interested');
  await eventually(() => expect(endsOf(13)).toEqual(['rejected']));
});

it('that meets its decision, or a seat that accepts, over two replicas has either first and ends the same', async () => {
  const numbers = Array.from({ length: 12 }, (_, index) => 101 + index);
  await first.putQueue({ queue: 'race' });
  for (const number of numbers) await first.putSeat(`r-${number}`, { queues: ['race'] });
  const acceptAll = async (): Promise<void> => {
    for (const number of numbers) {
      for (const { leadId } of await second.openLeads(`r-${number}`)) {
        await second.accept({ leadId }, `r-${number}`).catch((error: DomainError) => {
          expect(['LEAD_MOVE_NOT_ALLOWED', 'NOT_OFFERED_TO_SEAT']).toContain(error.reason);
        });
      }
    }
  };
  await Promise.all(
    numbers.flatMap((number, index) => [
      (index % 2 ? first : second).decide([number], { queue: 'race' }),
      index % 3 === 0 ? retract([number], 'race') : acceptAll().then(() => retract([number], 'race')),
    ]),
  );
  for (const number of numbers) {
    await eventually(async () => {
      const lead = await first.lead(`lead-d-${number}`);
      expect(lead.retractedReason).toBe('COMPLAINT_HOLD');
      expect(['accepted', 'closed']).toContain(lead.state);
    }, PATIENT);
  }
  const held = (await Promise.all(numbers.map((number) => first.openLeads(`r-${number}`)))).flat();
  expect(held.filter((lead) => lead.state !== 'accepted')).toEqual([]);
  const ended = numbers.filter((number) => !held.some(({ leadId }) => leadId === `lead-d-${number}`));
  for (const number of ended) await eventually(() => expect([number, endsOf(number)]).toEqual([number, ['released']]));
});
