import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import { fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import { SeatStream } from './testing/seat-stream';
import { SkewedClocks } from './testing/skewed-clocks';
import type { DecisionView, LeadView, MessageView, PushView } from './testing/views';

// Goal: what was decided before a complaint or a withdrawal and has not reached the customer by then never does: no call, no message, and what it
// held is free for others soon after the answer.

jest.setTimeout(240_000);

const WAIT = { timeoutMs: 60_000 };
const HOUR_MS = 3_600_000;
const NAMES = ['called', 'angry', 'gone', 'noted', 'cross', 'off'];
const EVERY_DAY = { weekdays: [1, 2, 3, 4, 5, 6, 7], hours: { fromMinute: 0, toMinute: 1440 }, followsCalendar: false };
/** From two to eight in the afternoon; the story begins at noon. */
const QUIET = { channel: 'app', fromMinute: 14 * 60, toMinute: 20 * 60, isQuietOnHolidays: false, mode: 'queue' };

const clocks = new SkewedClocks();
const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'leads', 'delivery'];

let bank: Bank;
let admin: HttpCaller;
let agent: HttpCaller;
let ids: Map<string, string>;

beforeAll(async () => {
  bank = await Bank.open(clocks.environment, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  agent = await bank.staff('ada', ['agent']);
  const lines = NAMES.map((externalId, index) => fileLine(index, { externalId, balance: 1, orgPath: 'hq/east' }));
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'retractions.csv', [FILE_HEADER, ...lines].join('\n'), consents);
  ids = new Map([...(await bank.customers(admin))].map(([name, { customerId }]) => [name, customerId]));
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const rules = { limits: [], quietHours: [QUIET], suppressions: [], globalHoldoutBasisPoints: 0 };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...rules, timeZone: middayZone() });
  const queue = { name: 'Calls', channel: 'remote_bank', orgPath: 'hq', offerTimeoutSeconds: 86_400 };
  await admin.put('/admin/v1/queues/calls', queue);
  await admin.put('/admin/v1/shift-plans/calls', { orgPath: 'hq', slotMinutes: 1440, daysAhead: 1 });
  const shift = { queue: 'calls', personId: 'ada', unitsPerHour: 1, firstDay: '2026-01-01', ...EVERY_DAY };
  await admin.put('/admin/v1/shifts/of-ada', shift);
  await seat('away');
  const maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('chen', ['checker']);
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const terms = { issue: 'growth', group: 'deposits', purpose: 'marketing', valueMinor: 1, currency: 'CNY' };
  for (const [name, treatment] of [
    ['calls', { channel: 'remote_bank', title: 'Call', scriptId: 'talk', queue: 'calls' }],
    ['notes', { channel: 'app', title: 'Hello', body: 'A message.' }],
  ] as const) {
    await maker.put(`/admin/v1/actions/${name}`, { ...terms, orgPath: 'hq', name, treatments: [treatment] });
    const content = { name, orgPath: 'hq', segmentId: 'everybody', actionIds: [name] };
    await bank.publishStrategy(maker, checker, name, content);
  }
});
afterAll(async () => {
  await bank?.stop();
  clocks.close();
});

const idsOf = (...names: string[]): string[] => names.map((name) => ids.get(name)!);
const seat = (state: string): Promise<unknown> =>
  admin.put('/admin/v1/seats/seat-1', { agentId: 'ada', orgPath: 'hq', queues: ['calls'], capacity: 5, state });
const complain = async (name: string): Promise<unknown> =>
  (await bank.customer(ids.get(name)!)).post('/app/v1/complaints', { subject: 'too many offers' });
const withdraw = async (name: string, channel: string): Promise<unknown> => {
  const consent = { purpose: 'marketing', channel, isGranted: false, evidence: 'app' };
  return (await bank.customer(ids.get(name)!)).post('/app/v1/consents', consent);
};
const decisionOf = async (name: string): Promise<DecisionView> => {
  const path = `/admin/v1/decisions?customerId=${ids.get(name)}&language=en`;
  const [decision] = (await admin.get<{ decisions: DecisionView[] }>(path)).decisions;
  if (decision === undefined) throw new Error(`nothing is decided of ${name} yet`);
  return decision;
};
const reservedCount = async (): Promise<number> => {
  const path = '/admin/v1/capacity-slots?queue=calls&days=2';
  const { slots } = await admin.get<{ slots: { reserved: number }[] }>(path);
  return slots.reduce((sum, { reserved }) => sum + reserved, 0);
};
const openLeads = async (): Promise<LeadView[]> =>
  (await agent.get<{ openLeads: LeadView[] }>('/workbench/v1/seats/seat-1')).openLeads;
const leadOf = async (name: string): Promise<LeadView> => {
  const leader = await bank.staff('lee', ['team_leader']);
  const { leads } = await leader.get<{ leads: LeadView[] }>('/workbench/v1/leads?queue=calls');
  const lead = leads.find(({ customerId }) => customerId === ids.get(name));
  if (lead === undefined) throw new Error(`there is no lead of ${name} yet`);
  return lead;
};
const inboxOf = async (name: string): Promise<string[]> => {
  const app = await bank.customer(ids.get(name)!);
  return (await app.get<{ messages: MessageView[] }>('/app/v1/inbox')).messages.map(({ title }) => title);
};

/** What they would be offered, once strategy and customers have arrived. */
const untilOffered = (names: string[], channel: string): Promise<unknown> =>
  eventually(async () => {
    for (const name of names) {
      const asked =
        channel === 'app'
          ? (await bank.customer(ids.get(name)!)).post<object>('/app/v1/next-best-actions', { isCommitted: false })
          : agent.post<object>(`/workbench/v1/customers/${ids.get(name)}/next-best-actions`, {
              channel,
              isCommitted: false,
            });
      expect(JSON.stringify(await asked)).toContain(channel === 'app' ? '"Hello"' : '"CHOSEN"');
    }
  }, WAIT);

async function push(strategyId: string, names: string[]): Promise<void> {
  const { push: started } = await admin.post<{ push: PushView }>('/admin/v1/pushes', { strategyId });
  const path = `/admin/v1/pushes/${started!.pushId}`;
  await admin.post(`${path}/members`, { sequence: 0, customerIds: idsOf(...names), isLast: true });
  await eventually(async () => {
    const { push: now } = await admin.get<{ push: PushView }>(path);
    expect(now).toMatchObject({ state: 'completed', chosenCount: names.length });
  }, WAIT);
}

it('offers nobody a call that a complaint or a withdrawal came before, and gives the time back', async () => {
  await untilOffered(['called', 'angry', 'gone'], 'remote_bank');
  await push('calls', ['called', 'angry', 'gone']);
  for (const name of ['called', 'angry', 'gone']) {
    await eventually(async () => expect((await leadOf(name)).state).toBe('waiting'), WAIT);
  }
  expect(await reservedCount()).toBe(3);
  await complain('angry');
  await withdraw('gone', 'remote_bank');
  const [angry, gone] = [await decisionOf('angry'), await decisionOf('gone')];
  expect([angry.retractedReason, gone.retractedReason]).toEqual(['COMPLAINT_HOLD', 'CONSENT_MISSING']);
  expect(angry.explanation.join(' ')).toContain('It was retracted');
  await eventually(async () => expect(await reservedCount()).toBe(1), WAIT);
  const app = await bank.customer(ids.get('angry')!);
  const told = await app.get<{ why: string[] }>(`/app/v1/decisions/${angry.decisionId}?language=en`);
  expect(told.why.join(' ')).toContain('A complaint of yours is open');
  for (const [name, retractedReason] of [
    ['angry', 'COMPLAINT_HOLD'],
    ['gone', 'CONSENT_MISSING'],
  ] as const) {
    const ended = { state: 'closed', disposition: 'retracted', retractedReason };
    await eventually(async () => expect(await leadOf(name)).toMatchObject(ended), WAIT);
  }
  await seat('available');
  await eventually(async () => expect(await openLeads()).toHaveLength(1), WAIT);
  expect((await openLeads()).map(({ customerId }) => customerId)).toEqual(idsOf('called'));
});

it('cuts no talk, shows its seat that the customer complained, and lets nobody call back', async () => {
  const token = await bank.platform.issueToken({ sub: 'ada', kind: 'staff', roles: ['agent'], org: 'hq' });
  const stream = await SeatStream.open(`${bank.url}/workbench/v1/seats/seat-1/events`, token);
  try {
    await stream.next('snapshot');
    const { leadId } = await leadOf('called');
    await agent.post(`/workbench/v1/leads/${leadId}/accept`, { seatId: 'seat-1' });
    await complain('called');
    expect((await stream.next('lead-retracted')).data.lead).toMatchObject({ leadId, state: 'accepted' });
    expect(await openLeads()).toMatchObject([{ leadId, state: 'accepted', retractedReason: 'COMPLAINT_HOLD' }]);
    const path = `/workbench/v1/leads/${leadId}/disposition`;
    const callBackAt = new Date(Date.now() + 24 * HOUR_MS).toISOString();
    const later = { seatId: 'seat-1', disposition: 'call_back', note: '', callBackAt };
    expect(await agent.refused('POST', path, { body: later })).toMatchObject({
      status: 422,
      reason: 'CONTACT_RETRACTED',
    });
    await agent.post(path, { seatId: 'seat-1', disposition: 'not_interested', note: '' });
    await eventually(async () => expect((await decisionOf('called')).outcomes).toEqual(['rejected']), WAIT);
  } finally {
    stream.close();
  }
});

it('sends no message that waited for the end of quiet hours when a complaint or a withdrawal came', async () => {
  await untilOffered(['noted', 'cross', 'off'], 'app');
  clocks.set('arbitration', 4 * HOUR_MS);
  await push('notes', ['noted', 'cross', 'off']);
  for (const name of ['noted', 'cross', 'off']) {
    expect(await decisionOf(name)).toMatchObject({ reason: 'CHOSEN', queuedUntil: expect.any(String) as string });
  }
  await complain('cross');
  await withdraw('off', '*');
  expect([(await decisionOf('cross')).reason, (await decisionOf('off')).reason]).toEqual([
    'COMPLAINT_HOLD',
    'CONSENT_MISSING',
  ]);
  expect((await decisionOf('cross')).explanation[0]).toContain('a complaint is open');
  clocks.set('arbitration', 9 * HOUR_MS);
  await eventually(async () => expect(await inboxOf('noted')).toEqual(['Hello']), WAIT);
  expect([await inboxOf('cross'), await inboxOf('off')]).toEqual([[], []]);
  const { deliveries } = await admin.get<{ deliveries: { customerId: string }[] }>('/admin/v1/deliveries');
  expect(deliveries.map(({ customerId }) => customerId)).toEqual(idsOf('noted'));
});
