import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import type { HttpCaller } from './testing/http-caller';
import { middayZone } from './testing/midday';
import type { DecisionView, LeadView, PushView } from './testing/views';

// Goal: customers of a team are called by that team alone, as far as its time goes; whom it has no time for is reached elsewhere.

const WAIT = { timeoutMs: 60_000 };
const MAPPING = [
  { column: 'client', target: 'external_id' },
  { column: 'rm', target: 'owner_id' },
  { column: 'team', target: 'team_id' },
];
const FILE = ['client;rm;team', 'n-1;;north', 'n-2;;north', 'n-3;;north', 's-1;sue;south'];
/** Two calls a day each. */
const SHIFT = {
  queue: 'calls',
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  hours: { fromMinute: 540, toMinute: 660 },
  unitsPerHour: 1,
  followsCalendar: false,
  firstDay: '2026-01-01',
};

const SERVICES = ['gateway', 'customers', 'campaigns', 'arbitration', 'merchants', 'leads'];

let bank: Bank;
let admin: HttpCaller;
let ann: HttpCaller;
let sue: HttpCaller;
let ids: Map<string, string>;

beforeAll(async () => {
  bank = await Bank.open({}, SERVICES);
  admin = await bank.staff('anna', ['admin']);
  ann = await bank.staff('ann', ['agent']);
  sue = await bank.staff('sue', ['agent']);
  await bank.importFile(admin, 'teams.csv', FILE.join('\n'), [{ purpose: 'marketing', channel: '*' }], MAPPING);
  const known = await bank.customers(admin);
  ids = new Map([...known].map(([externalId, { customerId }]) => [externalId, customerId]));
  await setUp();
});
afterAll(() => bank?.stop());

async function setUp(): Promise<void> {
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  const open = { limits: [], quietHours: [], suppressions: [] };
  // No day ends meanwhile, and with it no slot.
  await admin.put('/admin/v1/contact-policy', { ...policy, ...open, timeZone: middayZone() });
  await admin.put('/admin/v1/queues/calls', {
    ...{ name: 'Calls', channel: 'remote_bank', orgPath: 'hq', offerTimeoutSeconds: 86_400 },
  });
  await admin.put('/admin/v1/shift-plans/calls', { orgPath: 'hq', slotMinutes: 1440, daysAhead: 1 });
  await admin.put('/admin/v1/shifts/of-ann', { ...SHIFT, personId: 'ann', teamId: 'north' });
  await admin.put('/admin/v1/shifts/of-sue', { ...SHIFT, personId: 'sue', teamId: 'south' });
  await seat('north-seat', 'ann', 'north', 'away');
  await seat('south-seat', 'sue', 'south', 'available');
  const maker = await bank.staff('max', ['maker']);
  const checker = await bank.staff('chen', ['checker']);
  await maker.put('/admin/v1/scripts/talk', { title: 'Talk', opening: 'Good day', orgPath: 'hq' });
  const call = { channel: 'remote_bank', title: 'Call', scriptId: 'talk', queue: 'calls', contextWeight: 2 };
  const message = { channel: 'app', title: 'Hello', body: 'A message.' };
  const terms = {
    issue: 'growth',
    group: 'deposits',
    purpose: 'marketing',
    valueMinor: 1,
    currency: 'CNY',
    orgPath: 'hq',
  };
  await maker.put('/admin/v1/actions/loan', { ...terms, name: 'Loan', treatments: [call, message] });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const content = { name: 'Loans', orgPath: 'hq', segmentId: 'everybody', actionIds: ['loan'] };
  await bank.publishStrategy(maker, checker, 'loans', content);
}

const seat = (seatId: string, agentId: string, teamId: string, state: string): Promise<unknown> =>
  admin.put(`/admin/v1/seats/${seatId}`, { agentId, orgPath: 'hq', queues: ['calls'], teamId, capacity: 5, state });
const idsOf = (...names: string[]): string[] => names.map((name) => ids.get(name)!);
const customersAt = async (agent: HttpCaller, seatId: string): Promise<string[]> => {
  const { openLeads } = await agent.get<{ openLeads: LeadView[] }>(`/workbench/v1/seats/${seatId}`);
  return openLeads.map(({ customerId }) => customerId).sort();
};
/** Units of today and tomorrow that are promised, of the whole queue or of a part of it. */
const reservedOf = async (part = ''): Promise<number> => {
  const path = `/admin/v1/capacity-slots?queue=calls&days=2${part}`;
  const { slots } = await admin.get<{ slots: { reserved: number }[] }>(path);
  return slots.reduce((sum, { reserved }) => sum + reserved, 0);
};

/** Pushes the strategy to everybody on the list; the decision of each. */
async function push(names: string[]): Promise<Map<string, DecisionView>> {
  const { push: started } = await admin.post<{ push: PushView }>('/admin/v1/pushes', { strategyId: 'loans' });
  const path = `/admin/v1/pushes/${started.pushId}`;
  await admin.post(`${path}/members`, { sequence: 0, customerIds: idsOf(...names), isLast: true });
  await eventually(async () => {
    expect((await admin.get<{ push: PushView }>(path)).push).toMatchObject({ state: 'completed', decidedCount: 4 });
  }, WAIT);
  const decided = await Promise.all(
    names.map(async (name): Promise<[string, DecisionView]> => {
      const of = `/admin/v1/decisions?customerId=${ids.get(name)}`;
      const { decisions } = await admin.get<{ decisions: DecisionView[] }>(of);
      const { decisionId } = decisions.find(({ mode }) => mode === 'push')!;
      const { decision } = await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${decisionId}`);
      return [name, decision];
    }),
  );
  return new Map(decided);
}

it('offers within the team whose time was reserved, and sends what it has no time for by another channel', async () => {
  // Everything of the strategy, the file and the shifts has arrived when both ends of the file are chosen for.
  await eventually(async () => {
    for (const [name, teamId] of [
      ['n-1', 'north'],
      ['s-1', 'south'],
    ] as const) {
      const path = `/workbench/v1/customers/${ids.get(name)}/next-best-actions`;
      const preview = { channel: 'remote_bank', isCommitted: false };
      const { decisions } = await ann.post<{ decisions: DecisionView[] }>(path, preview);
      expect(decisions).toMatchObject([{ reason: 'CHOSEN', teamId }]);
    }
  }, WAIT);
  const decisions = await push(['n-1', 'n-2', 'n-3', 's-1']);
  const north = ['n-1', 'n-2', 'n-3'].map((name) => decisions.get(name)!);
  const called = north.filter(({ channel }) => channel === 'remote_bank');
  expect(called).toMatchObject([{ capacityTeamId: 'north' }, { capacityTeamId: 'north' }]);
  const [elsewhere] = north.filter(({ channel }) => channel !== 'remote_bank');
  expect(elsewhere).toMatchObject({ reason: 'CHOSEN', channel: 'app', capacityTeamId: '', teamId: 'north' });
  const refused = elsewhere!.candidates.find(({ channel }) => channel === 'remote_bank');
  expect(refused).toMatchObject({ reason: 'CAPACITY_EXHAUSTED' });
  expect(decisions.get('s-1')).toMatchObject({ channel: 'remote_bank', ownerId: 'sue', capacityTeamId: 'south' });
  // Time was left, but it was another team's.
  const counts = ['', '&teamId=north', '&teamId=south', '&personId=ann', '&personId=sue'].map(reservedOf);
  expect(await Promise.all(counts)).toEqual([3, 2, 1, 0, 1]);

  const south = idsOf('s-1');
  await eventually(async () => expect(await customersAt(sue, 'south-seat')).toEqual(south), WAIT);
  const waiting = called.map(({ customerId }) => customerId).sort();
  const leader = await bank.staff('lee', ['team_leader']);
  const all = (): Promise<{ leads: LeadView[] }> => leader.get('/workbench/v1/leads?queue=calls&state=waiting');
  await eventually(async () => expect((await all()).leads).toHaveLength(2), WAIT);
  expect((await all()).leads).toMatchObject([{ teamId: 'north' }, { teamId: 'north' }]);
  await seat('north-seat', 'ann', 'north', 'available');
  await eventually(async () => expect(await customersAt(ann, 'north-seat')).toEqual(waiting), WAIT);
  expect(await customersAt(sue, 'south-seat')).toEqual(south);
});

it('follows a customer who is given to another team', async () => {
  await admin.put(`/admin/v1/customers/${ids.get('n-3')}/owner`, { teamId: 'south' });
  const { customer } = await admin.get<{ customer: { attributes: object } }>(`/admin/v1/customers/${ids.get('n-3')}`);
  expect(customer.attributes).toEqual({ teamId: 'south' });
  const wrong = await admin.refused('PUT', `/admin/v1/customers/${ids.get('n-3')}/owner`, { body: { teamId: 'a b' } });
  expect([wrong.status, wrong.reason]).toEqual([400, 'VALIDATION_FAILED']);
  const west = await bank.staff('wes', ['admin'], 'hq/west');
  const foreign = await west.refused('PUT', `/admin/v1/customers/${ids.get('n-3')}/owner`, {
    body: { ownerId: 'wes' },
  });
  expect(foreign.status).toBe(403);
  await eventually(async () => {
    const path = `/workbench/v1/customers/${ids.get('n-3')}/next-best-actions`;
    const preview = { channel: 'remote_bank', isCommitted: false };
    const { decisions } = await ann.post<{ decisions: DecisionView[] }>(path, preview);
    expect(decisions).toMatchObject([{ reason: 'CHOSEN', teamId: 'south' }]);
  }, WAIT);
});
