import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import type { Brief, DecisionView, LeadView } from './testing/views';
import { WalletPeople } from './testing/wallet-people';

// Goal: who is called under one profile and walks in under another is served as one customer: one lead, one conversation, nothing asked twice; and as two
// when the join was a mistake.

jest.setTimeout(300_000);

const WAIT = { timeoutMs: 90_000 };
const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'leads', 'merchants'];
const EVERY_DAY = { weekdays: [1, 2, 3, 4, 5, 6, 7], hours: { fromMinute: 0, toMinute: 1440 }, followsCalendar: false };
type Name = 'gus' | 'hal';

let bank: Bank;
let admin: HttpCaller;
let caller: HttpCaller;
let teller: HttpCaller;
let people: WalletPeople<Name>;
let joinId: string;

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  caller = await bank.staff('ada', ['agent']);
  teller = await bank.staff('tom', ['agent'], 'hq/east');
  people = await WalletPeople.join(bank, admin, ['gus', 'hal']);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [], timeZone: middayZone() };
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open });
  for (const [queue, channel, orgPath] of [
    ['calls', 'remote_bank', 'hq'],
    ['counter', 'branch', 'hq/east'],
  ] as const) {
    await admin.put(`/admin/v1/queues/${queue}`, { name: queue, channel, orgPath, offerTimeoutSeconds: 86_400 });
  }
  await admin.put('/admin/v1/shift-plans/calls', { orgPath: 'hq', slotMinutes: 1440, daysAhead: 1 });
  const shift = { queue: 'calls', personId: 'ada', unitsPerHour: 1, firstDay: '2026-01-01', ...EVERY_DAY };
  await admin.put('/admin/v1/shifts/of-ada', shift);
  const seat = { capacity: 2, state: 'available' };
  await admin.put('/admin/v1/seats/call-seat', { ...seat, agentId: 'ada', orgPath: 'hq', queues: ['calls'] });
  await admin.put('/admin/v1/seats/counter-seat', { ...seat, agentId: 'tom', orgPath: 'hq/east', queues: ['counter'] });
  const maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('chen', ['checker']);
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  const treatments = [{ channel: 'remote_bank', title: 'Call', scriptId: 'talk', queue: 'calls' }];
  const terms = {
    issue: 'growth',
    group: 'deposits',
    purpose: 'marketing',
    valueMinor: 1,
    currency: 'CNY',
    orgPath: 'hq',
  };
  await maker.put('/admin/v1/actions/loan', { ...terms, name: 'Call', treatments });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const content = { name: 'Loans', orgPath: 'hq', segmentId: 'everybody', actionIds: ['loan'] };
  await bank.publishStrategy(maker, checker, 'loans', content);
});
afterAll(() => bank?.stop());

const openOf = async (agent: HttpCaller, seatId: string): Promise<LeadView[]> =>
  (await agent.get<{ openLeads: LeadView[] }>(`/workbench/v1/seats/${seatId}`)).openLeads;
const arrive = (agent: HttpCaller, seatId: string, name: Name): Promise<{ lead: LeadView; isInbound: boolean }> =>
  agent.post(`/workbench/v1/customers/${people.ids[name]}/arrivals`, { seatId, channel: 'walk_in' });
const briefOf = (leadId: string): Promise<Brief> => teller.get(`/workbench/v1/leads/${leadId}`);

it('serves him about the lead of the other profile, with what he began under it', async () => {
  const fields = [{ name: 'income', value: '8000' }];
  await people.apps.gus.post('/app/v1/thread', {
    channel: 'app',
    kind: 'form',
    form: 'loan',
    reference: 'app-7',
    fields,
  });
  const body = { otherCustomerId: people.ids.gus, reason: 'one passport' };
  const path = `/admin/v1/customers/${people.ids.hal}/joins`;
  joinId = (await admin.post<{ join: { joinId: string } }>(path, body)).join.joinId;
  const decision = await eventually(async () => {
    const asked = `/workbench/v1/customers/${people.ids.gus}/next-best-actions`;
    const { decisions } = await caller.post<{ decisions: DecisionView[] }>(asked, { channel: 'remote_bank' });
    expect(decisions).toMatchObject([{ reason: 'CHOSEN', queue: 'calls' }]);
    return decisions[0]!;
  }, WAIT);
  await eventually(
    async () => expect(await openOf(caller, 'call-seat')).toMatchObject([{ decisionId: decision.decisionId }]),
    WAIT,
  );
  const { lead, isInbound } = await arrive(teller, 'counter-seat', 'hal');
  expect(isInbound).toBe(false);
  expect(lead).toMatchObject({ decisionId: decision.decisionId, customerId: people.ids.gus, seatId: 'counter-seat' });
  expect(await openOf(caller, 'call-seat')).toEqual([]);
  for (const name of ['gus', 'hal'] as const) {
    await expect(arrive(caller, 'call-seat', name)).rejects.toThrow('CUSTOMER_IN_CONVERSATION');
  }
  const end = { seatId: 'counter-seat', disposition: 'interested', note: 'signs tomorrow' };
  await teller.post(`/workbench/v1/leads/${lead.leadId}/disposition`, end);
});

it('knows at the next arrival, under whichever profile, what was said under both', async () => {
  const { lead, isInbound } = await arrive(teller, 'counter-seat', 'hal');
  expect([isInbound, lead.customerId]).toEqual([true, people.ids.hal]);
  await eventually(async () => {
    const brief = await briefOf(lead.leadId);
    expect(brief.thread.map(({ kind, customerId }) => [kind, customerId])).toEqual([
      ['note', people.ids.gus],
      ['form', people.ids.gus],
    ]);
    expect(brief.knownAnswers).toMatchObject([{ question: 'loan.income', answer: '8000' }]);
  }, WAIT);
  await expect(arrive(caller, 'call-seat', 'gus')).rejects.toThrow('CUSTOMER_IN_CONVERSATION');
  expect((await people.apps.hal.get<{ entries: object[] }>('/app/v1/thread')).entries).toEqual([]);
});

it('talks to two people when the join was a mistake', async () => {
  await admin.post(`/admin/v1/customers/${people.ids.hal}/joins/${joinId}/undo`, { reason: 'another passport' });
  const { lead } = await eventually(() => arrive(caller, 'call-seat', 'gus'), WAIT);
  expect(lead).toMatchObject({ customerId: people.ids.gus, state: 'accepted', seatId: 'call-seat' });
  const [ofHal] = await openOf(teller, 'counter-seat');
  expect(ofHal).toMatchObject({ customerId: people.ids.hal, state: 'accepted' });
  expect((await briefOf(ofHal!.leadId)).thread).toEqual([]);
});
