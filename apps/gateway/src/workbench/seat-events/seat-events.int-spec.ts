import { LeadClosed, LeadOffered, LeadRetracted, LeadReturned } from '@tidegate/contracts/leads/v1/leads_events';
import { Lead } from '@tidegate/contracts/leads/v1/leads';
import { event, subjectOfType, type EventType } from '@tidegate/mongo';
import { eventually } from '@tidegate/testing';
import { problemOf, send } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: a workbench sees a new lead of its seat at once, and no stream outlives its token or its place.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ heartbeatMs: 50, streamsMaxPerSeat: 2 });
  gateway.services.answer('leads.getSeat', ({ seatId }) => ({
    seat: {
      seatId,
      agentId: 'agent-1',
      orgPath: 'hq',
      queues: [],
      skills: [],
      capacity: 3,
      state: 'available',
      openCount: 1,
    },
    openLeads: [aLead({ leadId: 'open-1', seatId: String(seatId) })],
  }));
});
afterAll(() => gateway?.stop());

const aLead = (overrides: Partial<Lead>): Lead =>
  Lead.fromPartial({ leadId: 'l-1', seatId: 'seat-1', state: 'offered', ...overrides });

const publish = <T>(type: EventType<T>, lead: Lead, rest: Partial<T> = {}): Promise<void> => {
  const told = event(type, lead.leadId, { lead, ...rest } as T);
  return gateway.bus.publish(subjectOfType(type.$type), JSON.stringify([told]), { messageId: told.id });
};

interface Told {
  id: string;
  event: string;
  data: { lead?: Lead; openLeads?: Lead[] };
}

async function open(seatId: string, token: string, headers: Record<string, string> = {}) {
  const stop = new AbortController();
  const response = await fetch(`${gateway.url}/workbench/v1/seats/${seatId}/events`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: stop.signal,
  });
  const stream = { response, text: '', isEnded: false, close: () => stop.abort() };
  const read = async (): Promise<void> => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk as Uint8Array).toString();
    stream.isEnded = true;
  };
  read().catch(() => (stream.isEnded = true));
  return stream;
}

const toldIn = (text: string): Told[] =>
  text
    .split('\n\n')
    .filter((message) => message.includes('data: '))
    .map((message) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? '';
      return { id: field('id'), event: field('event'), data: JSON.parse(field('data')) as Told['data'] };
    });

const agent = (overrides = {}) => gateway.token({ subject: 'agent-1', roles: ['agent'], ...overrides });

it('begins with a snapshot, then tells the seat’s leads and no other’s', async () => {
  const stream = await open('seat-1', await agent(), { 'last-event-id': 'something-old' });
  expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
  await eventually(() => expect(toldIn(stream.text)).toHaveLength(1));
  await publish(LeadOffered, aLead({ leadId: 'other', seatId: 'seat-2' }), { agentId: 'agent-2' });
  await publish(LeadOffered, aLead({ leadId: 'l-2' }), { agentId: 'agent-1' });
  // A lead that went back names no seat any more.
  await publish(LeadReturned, aLead({ leadId: 'l-2', seatId: '' }), { cause: 'timed_out' });
  await publish(LeadRetracted, aLead({ leadId: 'open-1', retractedReason: 'COMPLAINT_HOLD' }), {});
  await publish(LeadClosed, aLead({ leadId: 'open-1', seatId: '' }), { outcome: 'converted' });
  await eventually(() =>
    expect(
      toldIn(stream.text).map(({ event: name, data }) => [name, data.lead?.leadId ?? data.openLeads?.[0]?.leadId]),
    ).toEqual([
      ['snapshot', 'open-1'],
      ['lead-offered', 'l-2'],
      ['lead-returned', 'l-2'],
      ['lead-retracted', 'open-1'],
      ['lead-closed', 'open-1'],
    ]),
  );
  expect(toldIn(stream.text).every(({ id }) => id !== '')).toBe(true);
  await eventually(() => expect(stream.text).toContain('\n: still here\n'));
  stream.close();
});

it('ends with its token', async () => {
  const stream = await open('seat-3', await agent({ ttlSeconds: 1 }));
  await eventually(() => expect(stream.isEnded).toBe(true));
  expect(toldIn(stream.text)).toHaveLength(1);
});

it('gives a seat so many streams and no more, and a place back when one is closed', async () => {
  const token = await agent();
  const streams = [await open('seat-4', token), await open('seat-4', token)];
  const path = '/workbench/v1/seats/seat-4/events';
  const reply = await send(gateway, { method: 'GET', path, headers: { authorization: `Bearer ${token}` } });
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({
    status: 429,
    reason: 'TOO_MANY_STREAMS',
  });
  streams[0]!.close();
  const again = await eventually(async () => {
    const next = await open('seat-4', token);
    expect(next.response.status).toBe(200);
    return next;
  });
  again.close();
  streams[1]!.close();
});

it('is for the seat’s own agent and for team leaders', async () => {
  const other = await gateway.token({ subject: 'agent-9', roles: ['agent'] });
  const path = '/workbench/v1/seats/seat-5/events';
  const reply = await send(gateway, { method: 'GET', path, headers: { authorization: `Bearer ${other}` } });
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({ status: 403, reason: 'NOT_YOUR_SEAT' });
  const leader = await open('seat-5', await gateway.token({ subject: 'leader-1', roles: ['team_leader'] }));
  expect(leader.response.status).toBe(200);
  leader.close();
});
