import { eventually } from '@tidegate/testing';
import { Bank, type CustomerView } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import type { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import type { Brief, DecisionView, LeadView } from './testing/views';

// Goal: a customer who is called, begins an application in the app and walks in is served as one, and tells everything once; and who calls first
// is the bank's order, with time-outs.

jest.setTimeout(300_000);

const WAIT = { timeoutMs: 60_000 };
/** The shortest time of a step. */
const STEP_MINUTES = 1;
const STEP_MS = STEP_MINUTES * 60_000;
const EVERY_DAY = { weekdays: [1, 2, 3, 4, 5, 6, 7], hours: { fromMinute: 0, toMinute: 1440 }, followsCalendar: false };

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'leads'];

let bank: Bank;
let admin: HttpCaller;
let caller: HttpCaller;
let teller: HttpCaller;
let adviser: HttpCaller;
let ids: string[];

beforeAll(async () => {
  bank = await Bank.withClocks(SERVICES);
  admin = await bank.staff('anna', ['admin']);
  caller = await bank.staff('ada', ['agent']);
  teller = await bank.staff('tom', ['agent'], 'hq/east');
  adviser = await bank.staff('amy', ['agent'], 'hq/east');
  const lines = [0, 1, 2].map((index) => fileLine(index, fileCustomer(index)));
  const consents = [{ purpose: 'marketing', channel: '*' }];
  await bank.importFile(admin, 'three.csv', [FILE_HEADER, ...lines].join('\n'), consents);
  const known = new Map<string, CustomerView>(await bank.customers(admin));
  ids = [0, 1, 2].map((index) => known.get(fileCustomer(index).externalId)!.customerId);
  await setUp();
});
afterAll(() => bank?.stop());

async function setUp(): Promise<void> {
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [] };
  // No day ends meanwhile, and with it no slot.
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open, timeZone: middayZone() });
  for (const [queue, channel, orgPath] of [
    ['calls', 'remote_bank', 'hq'],
    ['counter', 'branch', 'hq/east'],
    ['wealth', 'branch', 'hq/east'],
  ] as const) {
    await admin.put(`/admin/v1/queues/${queue}`, { name: queue, channel, orgPath, offerTimeoutSeconds: 86_400 });
    await admin.put(`/admin/v1/shift-plans/${queue}`, { orgPath, slotMinutes: 1440, daysAhead: 1 });
    const shift = { queue, personId: `of-${queue}`, unitsPerHour: 1, firstDay: '2026-01-01', ...EVERY_DAY };
    await admin.put(`/admin/v1/shifts/${queue}-shift`, shift);
  }
  const seat = (seatId: string, agentId: string, queue: string, orgPath: string): Promise<unknown> =>
    admin.put(`/admin/v1/seats/${seatId}`, { agentId, orgPath, queues: [queue], capacity: 2, state: 'available' });
  await seat('call-seat', 'ada', 'calls', 'hq');
  await seat('counter-seat', 'tom', 'counter', 'hq/east');
  await seat('wealth-seat', 'amy', 'wealth', 'hq/east');
  const maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('chen', ['checker']);
  await maker.put('/admin/v1/scripts/loan-talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  const call = { channel: 'remote_bank', title: 'Call', scriptId: 'loan-talk', queue: 'calls' };
  const action = {
    issue: 'growth',
    group: 'deposits',
    purpose: 'marketing',
    valueMinor: 1,
    currency: 'CNY',
    orgPath: 'hq',
  };
  await maker.put('/admin/v1/actions/loan', { ...action, name: 'Call', treatments: [call] });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const content = { name: 'East', orgPath: 'hq', segmentId: 'everybody', actionIds: ['loan'] };
  await bank.publishStrategy(maker, checker, 'loans', content);
}

const takenOf = async (queue: string): Promise<number> => {
  const { slots } = await admin.get<{ slots: { reserved: number; used: number }[] }>(
    `/admin/v1/capacity-slots?queue=${queue}&days=2`,
  );
  return slots.reduce((sum, { reserved, used }) => sum + reserved + used, 0);
};
const openOf = async (agent: HttpCaller, seatId: string): Promise<LeadView[]> =>
  (await agent.get<{ openLeads: LeadView[] }>(`/workbench/v1/seats/${seatId}`)).openLeads;

it('takes the waiting lead over where the customer turns up, with what he began in the app, and hands it on', async () => {
  const [customerId] = ids;
  const decision = await eventually(async () => {
    const path = `/workbench/v1/customers/${customerId}/next-best-actions`;
    const { decisions } = await caller.post<{ decisions: DecisionView[] }>(path, { channel: 'remote_bank' });
    expect(decisions).toMatchObject([{ reason: 'CHOSEN', queue: 'calls' }]);
    return decisions[0]!;
  }, WAIT);
  const [offered] = await eventually(async () => {
    const open = await openOf(caller, 'call-seat');
    expect(open).toMatchObject([{ decisionId: decision.decisionId, state: 'offered' }]);
    return open;
  }, WAIT);
  expect(await takenOf('calls')).toBe(1);
  const customer = await bank.customer(customerId!);
  const fields = [
    { name: 'term', value: '12' },
    { name: 'income', value: '8000' },
  ];
  await customer.post('/app/v1/thread', { channel: 'app', kind: 'form', form: 'loan', reference: 'app-7', fields });

  const arrival = { seatId: 'counter-seat', channel: 'walk_in', note: 'goes on with his application' };
  const path = `/workbench/v1/customers/${customerId}/arrivals`;
  const { lead, isInbound } = await teller.post<{ lead: LeadView; isInbound: boolean }>(path, arrival);
  expect(isInbound).toBe(false);
  expect(lead).toMatchObject({ leadId: offered!.leadId, state: 'accepted', seatId: 'counter-seat', queue: 'counter' });
  expect(await openOf(caller, 'call-seat')).toEqual([]);
  await eventually(async () => expect([await takenOf('calls'), await takenOf('counter')]).toEqual([0, 1]), WAIT);
  await expect(caller.post(path, { ...arrival, seatId: 'call-seat' })).rejects.toThrow('CUSTOMER_IN_CONVERSATION');

  const answer = { channel: 'branch', kind: 'answer', question: 'loan.income', answer: '9000' };
  await teller.post(`/workbench/v1/leads/${lead.leadId}/thread`, answer);
  const over = { seatId: 'counter-seat', toQueue: 'wealth', toSeatId: 'wealth-seat', note: 'wants advice' };
  await teller.post(`/workbench/v1/leads/${lead.leadId}/hand-over`, over);
  await eventually(
    async () => expect(await openOf(adviser, 'wealth-seat')).toMatchObject([{ leadId: lead.leadId }]),
    WAIT,
  );
  const brief = await adviser.get<Brief>(`/workbench/v1/leads/${lead.leadId}`);
  expect(brief.thread.map(({ kind, channel }) => `${kind} ${channel}`)).toEqual([
    'note branch',
    'answer branch',
    'note walk_in',
    'form app',
  ]);
  const known = brief.knownAnswers.map(({ question, answer: given }) => [question, given]);
  expect(known).toEqual([
    ['loan.term', '12'],
    ['loan.income', '9000'],
  ]);
  expect(brief.lead?.steps.map(({ cause }) => cause)).toEqual(['created', 'taken_over', 'handed_over']);
  await eventually(async () => expect([await takenOf('counter'), await takenOf('wealth')]).toEqual([0, 1]), WAIT);
  const { decisions } = await admin.get<{ decisions: DecisionView[] }>(`/admin/v1/decisions?customerId=${customerId}`);
  expect(decisions.filter(({ reason }) => reason === 'CHOSEN')).toHaveLength(1);
});

it('begins a lead for a customer whom nobody was to call', async () => {
  const path = `/workbench/v1/customers/${ids[1]}/arrivals`;
  const { lead, isInbound } = await teller.post<{ lead: LeadView; isInbound: boolean }>(path, {
    seatId: 'counter-seat',
    channel: 'walk_in',
  });
  expect(isInbound).toBe(true);
  expect(lead).toMatchObject({ decisionId: '', state: 'accepted', queue: 'counter' });
  const end = { seatId: 'counter-seat', disposition: 'interested', note: 'comes again' };
  await teller.post(`/workbench/v1/leads/${lead.leadId}/disposition`, end);
  const customer = await bank.customer(ids[1]!);
  const { entries } = await customer.get<{ entries: { text: string }[] }>('/app/v1/thread');
  expect(entries.map(({ text }) => text)).toEqual(['comes again']);
});

it('goes from the relationship manager to the outlet to the remote bank, each in its time', async () => {
  const customerId = ids[2]!;
  await admin.put(`/admin/v1/customers/${customerId}/owner`, { ownerId: 'amy' });
  const wealth = { name: 'wealth', channel: 'branch', orgPath: 'hq/east', maxAttempts: 1 };
  await admin.put('/admin/v1/queues/wealth', { ...wealth, offerTimeoutSeconds: 86_400 });
  const steps = [
    { to: 'owner', queue: 'wealth', waitMinutes: 60 },
    { to: 'queue', queue: 'counter', waitMinutes: STEP_MINUTES },
    { to: 'queue', queue: 'calls' },
  ];
  await admin.put('/admin/v1/lead-routes', { orgPath: 'hq', strategyId: 'loans', steps });
  // Nobody is at the counter.
  await teller.put('/workbench/v1/seats/counter-seat/state', { state: 'away' });
  const { decisionId } = await eventually(async () => {
    const path = `/workbench/v1/customers/${customerId}/next-best-actions`;
    const preview = { channel: 'remote_bank', isCommitted: false };
    const { decisions } = await caller.post<{ decisions: DecisionView[] }>(path, preview);
    expect(decisions).toMatchObject([{ reason: 'CHOSEN', ownerId: 'amy' }]);
    const { decisions: made } = await caller.post<{ decisions: DecisionView[] }>(path, { channel: 'remote_bank' });
    return made[0]!;
  }, WAIT);
  const at = (agent: HttpCaller, seatId: string): Promise<LeadView> =>
    eventually(async () => {
      const lead = (await openOf(agent, seatId)).find((each) => each.decisionId === decisionId);
      expect(lead).toMatchObject({ state: 'offered' });
      return lead!;
    }, WAIT);
  const { leadId } = await at(adviser, 'wealth-seat');
  expect(await openOf(caller, 'call-seat')).toEqual([]);
  await adviser.post(`/workbench/v1/leads/${leadId}/decline`, { seatId: 'wealth-seat', reason: 'away' });
  await eventually(async () => {
    const { lead } = await teller.get<Brief>(`/workbench/v1/leads/${leadId}`);
    expect(lead).toMatchObject({ queue: 'counter', state: 'waiting' });
  }, WAIT);
  expect(await openOf(caller, 'call-seat')).toEqual([]);
  bank.clocks.set('leads', STEP_MS);
  const offered = await at(caller, 'call-seat');
  expect(offered.steps.map(({ cause, queue }) => `${cause} ${queue}`)).toEqual([
    'created calls',
    'created wealth',
    'attempts_used_up counter',
    'untouched calls',
  ]);
  const [, , counter, calls] = offered.steps.map(({ at: time }) => Date.parse(time ?? ''));
  expect(calls! - counter!).toBeGreaterThanOrEqual(STEP_MS);
  await eventually(async () => expect(await takenOf('calls')).toBe(1), WAIT);
});
