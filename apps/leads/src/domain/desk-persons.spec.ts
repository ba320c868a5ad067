import { buildAgent, buildLead, buildQueue, buildSeat, NOON } from '../testing/lead.factory';
import { Desk } from './desk';
import type { Lead } from './lead';
import { Persons, type PersonLink } from '@tidegate/persons';

const link = (customerId: string, personKey: string, version = 1): PersonLink => ({ customerId, personKey, version });

describe('a person with two profiles', () => {
  const queue = buildQueue();
  const here = buildSeat({ seatId: 'here', agentId: 'agent-2' });
  const there = (leadId = ''): ReturnType<typeof buildSeat> =>
    buildSeat({ openLeadIds: leadId === '' ? [] : [leadId] });
  const arrival = {
    seatId: 'here',
    customerId: 'c2',
    otherCustomerIds: ['c1'],
    channel: 'phone' as const,
    note: '',
    user: buildAgent('agent-2'),
    inboundLeadId: 'inbound-1',
  };
  const hidden = { ...arrival, otherCustomerIds: [] };
  const deskOf = (leads: Lead[], links = [link('c1', 'k'), link('c2', 'k')]): Desk => {
    const talking = leads
      .filter(({ seatId }) => seatId !== '')
      .map(({ customerId, leadId }) => [customerId, leadId] as const);
    const seats = [there(leads.find(({ seatId }) => seatId === 'seat-1')?.leadId), here];
    return new Desk(
      new Map([[queue.queue, queue]]),
      new Map(seats.map((seat) => [seat.seatId, seat])),
      new Map(leads.map((lead) => [lead.leadId, lead])),
      NOON,
      new Map(talking),
      new Persons(links),
    );
  };

  it.each(['scheduled', 'waiting', 'offered', 'call_back'] as const)(
    'is served about the lead of the other profile that is %s',
    (state) => {
      const lead = buildLead({ leadId: 'lead-d1', state, seatId: state === 'offered' ? 'seat-1' : '' });
      const desk = deskOf([lead]);
      expect(desk.takeOver(arrival)).toMatchObject({
        isInbound: false,
        lead: { leadId: 'lead-d1', customerId: 'c1', state: 'accepted', seatId: 'here' },
      });
      expect(desk.getSeat('seat-1').openLeadIds).toEqual([]);
    },
  );

  it('is left to the seat that talks to him under the other profile, whether the agent may see that or not', () => {
    const lead = buildLead({ leadId: 'lead-d1', state: 'accepted', seatId: 'seat-1' });
    const busy = expect.objectContaining({ reason: 'CUSTOMER_IN_CONVERSATION' });
    for (const one of [arrival, hidden]) expect(() => deskOf([lead]).takeOver(one)).toThrow(busy);
    expect(deskOf([lead], []).takeOver(hidden).isInbound).toBe(true);
  });

  it('has no lead of a profile that the agent may not see taken over; what is offered of it goes back and waits', () => {
    const lead = buildLead({ leadId: 'lead-d1', state: 'offered', seatId: 'seat-1' });
    const desk = deskOf([lead]);
    expect(desk.takeOver(hidden)).toMatchObject({ isInbound: true, lead: { leadId: 'inbound-1', customerId: 'c2' } });
    expect(desk.leadsToSave).toMatchObject([{ leadId: 'lead-d1', state: 'waiting', seatId: '' }]);
    expect(desk.changes).toContainEqual(expect.objectContaining({ kind: 'returned', cause: 'in_conversation' }));
    expect(desk.assign([], [buildSeat({ seatId: 'third' })])).toBe(0);
  });

  it('is offered once at a time, and writes the talks of all profiles when one begins', () => {
    const leads = [buildLead({ leadId: 'lead-d1' }), buildLead({ leadId: 'lead-d2' })];
    const desk = deskOf([]);
    expect(desk.assign(leads, [])).toBe(1);
    const [{ leadId, customerId }] = desk.leadsToSave as [Lead];
    const other = customerId === 'c1' ? 'c2' : 'c1';
    expect(desk.talksToSave).toEqual(
      new Map([
        [customerId, leadId],
        [other, ''],
      ]),
    );
    expect(deskOf([], []).assign(leads, [])).toBe(2);
  });
});
