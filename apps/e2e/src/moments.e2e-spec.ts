import { eventually } from '@tidegate/testing';
import { Bank, CLOUD_EVENT, CLOUD_EVENTS_BATCH, cloudEvent, type CustomerView } from './testing/bank';
import { fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import { readAll, type HttpCaller } from './testing/http-caller';
import type { DecisionView, FunnelRow, LeadView, MessageView } from './testing/views';

// Goal: what happens to a customer is answered at once, on the channel that has room; and whoever says no is left alone at once.

const OUTFLOW = 'outflow-care';
const HOME = 'home-banner';
const LARGE = -50_000;
/** Decisions in flight while a consent is withdrawn. */
const CONCURRENT = 50;

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let teller: HttpCaller;
let ids: string[];

const decisionsOf = (customerId: string): Promise<DecisionView[]> =>
  readAll<DecisionView>(admin, `/admin/v1/decisions?customerId=${customerId}&pageSize=100`, 'decisions');
const leadsOf = (customerId: string): Promise<LeadView[]> =>
  readAll<LeadView>(admin, `/workbench/v1/leads?customerId=${customerId}`, 'leads');
const tell = (id: string, subject: string, amount: number): Promise<{ acceptedCount: number }> =>
  teller.post('/open/v1/events', cloudEvent(id, subject, 'transaction', { amount }), { contentType: CLOUD_EVENT });
const home = (customer: HttpCaller): Promise<{ actions: { decisionId: string }[] }> =>
  customer.post('/app/v1/next-best-actions', { maxActions: 1 });

beforeAll(async () => {
  bank = await Bank.open();
  admin = await bank.staff('anna', ['admin', 'team_leader']);
  maker = await bank.staff('max', ['maker']);
  teller = await bank.teller();
  const csv = [FILE_HEADER, ...Array.from({ length: 8 }, (_, index) => fileLine(index, fileCustomer(index)))].join(
    '\n',
  );
  await bank.importFile(admin, 'few.csv', csv, [{ purpose: 'marketing', channel: '*' }]);
  const known = new Map<string, CustomerView>(await bank.customers(admin));
  ids = Array.from({ length: 8 }, (_, index) => known.get(fileCustomer(index).externalId)!.customerId);
  await setUpStrategies();
});
afterAll(() => bank?.stop());

async function setUpStrategies(): Promise<void> {
  const checker = await bank.staff('chen', ['checker']);
  const { policy } = await admin.get<{ policy: object }>('/admin/v1/contact-policy');
  // No limits and no nights: only what is asked about here may stop a contact.
  await admin.put('/admin/v1/contact-policy', { ...policy, limits: [], quietHours: [], suppressions: [] });
  await admin.put('/admin/v1/queues/branch-desk', { name: 'Branch desk', channel: 'branch', orgPath: 'hq' });
  await admin.put('/admin/v1/capacity/branch-desk/default', { units: 1 });
  const talk = { title: 'Outflow', opening: 'May I ask, {{customer.externalId}}?', orgPath: 'hq' };
  await maker.put('/admin/v1/scripts/outflow-talk', talk);
  const visit = {
    channel: 'branch',
    title: 'Call in',
    scriptId: 'outflow-talk',
    queue: 'branch-desk',
    contextWeight: 2,
  };
  const message = { channel: 'app', title: 'Your transfer', body: 'You moved {{fact.amount}} away. Talk to us.' };
  const action = {
    issue: 'retention',
    group: 'balances',
    purpose: 'marketing',
    orgPath: 'hq',
    valueMinor: 9_000,
    currency: 'CNY',
  };
  await maker.put('/admin/v1/actions/outflow', { ...action, name: 'Outflow care', treatments: [visit, message] });
  const banner = { channel: 'app', title: 'Save more', body: 'See how.' };
  await maker.put('/admin/v1/actions/banner', { ...action, name: 'Banner', treatments: [banner], group: 'savings' });
  await maker.put('/admin/v1/segments/everybody', { name: 'Everybody', rule: { all: [] }, orgPath: 'hq' });
  const rule = {
    ruleId: 'large-outflow',
    kind: 'threshold',
    factType: 'transaction',
    condition: { field: 'event.amount', op: 'lte', value: LARGE },
    actionIds: ['outflow'],
    cooldownDays: 30,
  };
  const strategy = { name: 'Care', orgPath: 'hq' };
  await bank.publishStrategy(maker, checker, OUTFLOW, { ...strategy, actionIds: ['outflow'], momentRules: [rule] });
  await bank.publishStrategy(maker, checker, HOME, { ...strategy, segmentId: 'everybody', actionIds: ['banner'] });
}

describe('a moment of truth', () => {
  it('becomes a lead of the branch while somebody there has time', async () => {
    // Told again until the rule is in force: its cooldown sees to it that it fires once.
    let told = 0;
    await eventually(async () => {
      await tell(`outflow-a-${(told += 1)}`, fileCustomer(0).externalId, LARGE - told);
      expect(await leadsOf(ids[0]!)).toHaveLength(1);
    });
    const [lead] = await leadsOf(ids[0]!);
    expect(lead).toMatchObject({ queue: 'branch-desk', strategyId: OUTFLOW, state: 'waiting' });
    const { decision } = await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${lead!.decisionId}`);
    expect(decision).toMatchObject({ mode: 'moment', channel: 'branch', reason: 'CHOSEN', group: 'treated' });
  });

  it('becomes a message in the app when nobody has, once, and only for the large amount', async () => {
    const [other, quiet] = [fileCustomer(1).externalId, fileCustomer(2).externalId];
    const batch = [
      cloudEvent('outflow-b', other, 'transaction', { amount: LARGE }),
      cloudEvent('groceries', quiet, 'transaction', { amount: -300 }),
      cloudEvent('outflow-b', other, 'transaction', { amount: LARGE }),
      { specversion: '1.0', id: 'broken' },
    ];
    const answer = await teller.post<object>('/open/v1/events', batch, { contentType: CLOUD_EVENTS_BATCH });
    expect(answer).toMatchObject({
      acceptedCount: 2,
      duplicateCount: 1,
      refused: [{ index: 3, reason: 'EVENT_INVALID' }],
    });
    const customer = await bank.customer(ids[1]!);
    const message = await eventually(async () => {
      const { messages } = await customer.get<{ messages: MessageView[] }>('/app/v1/inbox');
      expect(messages).toHaveLength(1);
      return messages[0]!;
    });
    expect(message).toMatchObject({
      title: 'Your transfer',
      body: `You moved ${LARGE} away. Talk to us.`,
      state: 'unread',
    });
    expect(await tell('outflow-b', other, LARGE)).toMatchObject({ acceptedCount: 1 });
    const clicked = await customer.post<{ message: MessageView }>(`/app/v1/inbox/${message.messageId}/marks`, {
      mark: 'clicked',
    });
    expect(clicked.message.state).toBe('clicked');
    await eventually(async () => {
      const { rows } = await admin.get<{ rows: FunnelRow[] }>(`/admin/v1/reports/funnel?strategyId=${OUTFLOW}`);
      const byChannel = new Map(rows.map((row) => [row.channel, row]));
      expect(byChannel.get('app')).toMatchObject({ chosen: 1, delivered: 1, reached: 1, responded: 1, converted: 0 });
      expect(byChannel.get('app')?.countByReason).toEqual({ CHOSEN: 1, OUTRANKED: 1 });
      expect(byChannel.get('branch')).toMatchObject({ considered: 2, chosen: 1, delivered: 1, reached: 0 });
      expect(byChannel.get('branch')?.countByReason).toEqual({ CHOSEN: 1, CAPACITY_EXHAUSTED: 1 });
      const latency = await admin.get<{ count: number }>('/admin/v1/reports/moment-latency');
      expect(Number(latency.count)).toBe(2);
    });
    expect(await decisionsOf(ids[2]!)).toEqual([]);
    const { messages } = await customer.get<{ messages: MessageView[] }>('/app/v1/inbox');
    expect(messages).toHaveLength(1);
  });
});

describe('a moment that counts past events', () => {
  const spend = (id: string, subject: string, index: number): Promise<unknown> =>
    teller.post('/open/v1/events', cloudEvent(id, subject, 'transaction', { operation: 'cash', index }), {
      contentType: CLOUD_EVENT,
    });

  it('comes with the second cash withdrawal of a day, for those who never complained at the counter', async () => {
    const checker = await bank.staff('chen', ['checker']);
    const never = { events: { type: 'counter-complaint', windowDays: 90, count: { op: 'eq', value: 0 } } };
    const message = { channel: 'app', title: 'Cash', body: 'Withdrawal {{fact.index}}.' };
    await maker.put('/admin/v1/actions/cash', {
      ...{ name: 'Cash', issue: 'retention', group: 'cash', purpose: 'marketing', orgPath: 'hq' },
      ...{ valueMinor: 100, currency: 'CNY', treatments: [message], eligibility: never },
    });
    const isCash = { field: 'operation', op: 'eq', value: 'cash' };
    const twice = { events: { type: 'transaction', where: [isCash], windowDays: 1, count: { op: 'gte', value: 2 } } };
    const condition = { all: [{ field: 'event.operation', op: 'eq', value: 'cash' }, twice] };
    const rule = { ruleId: 'cash', kind: 'threshold', factType: 'transaction', condition, actionIds: ['cash'] };
    const strategy = { name: 'Cash', orgPath: 'hq', actionIds: ['cash'], momentRules: [rule] };
    await bank.publishStrategy(maker, checker, 'cash-twice', strategy);
    await eventually(async () => {
      const { counters } = await admin.get<{ counters: { condition: object; state: string }[] }>(
        '/admin/v1/event-counters',
      );
      expect(JSON.stringify(counters)).toContain('counter-complaint');
      expect(counters.map(({ state }) => state)).toEqual(counters.map(() => 'ready'));
    });
    const cashOf = async (customerId: string) =>
      (await decisionsOf(customerId)).filter(({ strategyId }) => strategyId === 'cash-twice');
    // Until the rule is in force.
    let told = 0;
    await eventually(async () => {
      await spend(`cash-a-${(told += 1)}`, fileCustomer(6).externalId, told);
      expect((await cashOf(ids[6]!)).length).toBeGreaterThan(0);
    });

    const { externalId } = fileCustomer(7);
    await spend('cash-b-1', externalId, 1);
    await spend('cash-b-2', externalId, 2);
    const customer = await bank.customer(ids[7]!);
    await eventually(async () => {
      const { messages } = await customer.get<{ messages: MessageView[] }>('/app/v1/inbox');
      expect(messages.map(({ body }) => body)).toEqual(['Withdrawal 2.']);
    });
    expect(await cashOf(ids[7]!)).toHaveLength(1);

    const complainer = fileCustomer(5).externalId;
    await teller.post('/open/v1/events', cloudEvent('at-the-counter', complainer, 'counter-complaint', {}), {
      contentType: CLOUD_EVENT,
    });
    let more = 0;
    await eventually(async () => {
      await spend(`cash-c-${(more += 1)}`, complainer, more);
      const reasons = (await decisionsOf(ids[5]!)).filter(({ mode }) => mode === 'moment').map(({ reason }) => reason);
      expect(reasons).toContain('NOT_ELIGIBLE');
    });
  });
});

it('ranks without anything personal where the customer wants it so, in the app and at the desk, and says it', async () => {
  const customer = await bank.customer(ids[4]!);
  const ask = (isNonPersonalised: boolean, isCommitted = true) =>
    customer.post<{ actions: { decisionId: string; isNonPersonalised: boolean }[]; isNonPersonalised: boolean }>(
      '/app/v1/next-best-actions',
      { isNonPersonalised, isCommitted },
    );
  await eventually(async () => expect((await ask(false, false)).actions).toHaveLength(1));
  expect(await ask(false, false)).toMatchObject({ isNonPersonalised: false, actions: [{ isNonPersonalised: false }] });
  const shown = await ask(true);
  expect(shown).toMatchObject({ isNonPersonalised: true, actions: [{ isNonPersonalised: true }] });
  const kept = await admin.get<object>(`/admin/v1/decisions/${shown.actions[0]!.decisionId}`);
  expect(kept).toMatchObject({ decision: { reason: 'CHOSEN', isNonPersonalised: true } });
  const agent = await bank.staff('rita', ['agent']);
  // Nothing of these strategies is for the desk; it is told all the same how was decided.
  const atDesk = await agent.post<{ decisions: { reason: string; isNonPersonalised: boolean }[] }>(
    `/workbench/v1/customers/${ids[4]}/next-best-actions`,
    { channel: 'remote_bank', isCommitted: false, isNonPersonalised: true },
  );
  expect(atDesk.decisions).toEqual([expect.objectContaining({ isNonPersonalised: true })]);
});

describe('a customer who says no', () => {
  it('is not contacted by any decision after the withdrawal was answered', async () => {
    const customerId = ids[3]!;
    const customer = await bank.customer(customerId);
    await eventually(async () => expect((await home(customer)).actions).toHaveLength(1));
    let withdrawnAt = Infinity;
    let late = 0;
    let asked = 0;
    const ask = async (): Promise<void> => {
      const sentAt = Date.now();
      const { actions } = await home(customer);
      if (sentAt <= withdrawnAt) return;
      late += 1;
      expect(actions).toEqual([]);
    };
    const lane = async (): Promise<void> => {
      for (; asked < 4 * CONCURRENT || late < CONCURRENT; asked += 1) await ask();
    };
    const withdrawal = { purpose: 'marketing', channel: '*', isGranted: false, evidence: 'settings screen' };
    const withdraw = async (): Promise<void> => {
      // As the app does: again with the same key when no answer came in time.
      await eventually(() => customer.post('/app/v1/consents', withdrawal, { key: 'withdrawal' }));
      withdrawnAt = Date.now();
    };
    await Promise.all([...Array.from({ length: CONCURRENT }, lane), withdraw()]);

    const decisions = await decisionsOf(customerId);
    const chosenAt = decisions
      .filter(({ reason }) => reason === 'CHOSEN')
      .map(({ decidedAt }) => Date.parse(decidedAt!));
    expect(chosenAt.length).toBeGreaterThan(0);
    expect(Math.max(...chosenAt)).toBeLessThanOrEqual(withdrawnAt);
    const after = decisions.filter(({ decidedAt }) => Date.parse(decidedAt!) > withdrawnAt);
    expect(after.length).toBeGreaterThan(0);
    expect(new Set(after.map(({ reason }) => reason))).toEqual(new Set(['CONSENT_MISSING']));
  });

  it('is contacted again only after a new consent', async () => {
    const customer = await bank.customer(ids[3]!);
    await customer.post('/app/v1/consents', {
      purpose: 'marketing',
      channel: 'app',
      isGranted: true,
      evidence: 'asked',
    });
    expect((await home(customer)).actions).toHaveLength(1);
    const { records } = await customer.get<{ records: object[] }>('/app/v1/consents');
    expect(records).toMatchObject([{ isGranted: true }, { isGranted: false, evidence: 'settings screen' }, {}]);
  });

  it('is left alone from the moment a complaint is open until it is closed', async () => {
    const customer = await bank.customer(ids[4]!);
    expect((await home(customer)).actions).toHaveLength(1);
    const { complaint } = await customer.post<{ complaint: { complaintId: string } }>('/app/v1/complaints', {
      subject: 'a fee',
    });
    expect((await home(customer)).actions).toEqual([]);
    await tell('outflow-complaining', fileCustomer(4).externalId, LARGE);
    await eventually(async () => {
      const moment = (await decisionsOf(ids[4]!)).find(({ mode }) => mode === 'moment');
      expect(moment).toMatchObject({ reason: 'COMPLAINT_HOLD', group: 'none', channel: '' });
    });
    await admin.post(`/admin/v1/complaints/${complaint.complaintId}/close`, { resolution: 'fee returned' });
    expect((await home(customer)).actions).toHaveLength(1);
    const { messages } = await customer.get<{ messages: MessageView[] }>('/app/v1/inbox');
    expect(messages).toEqual([]);
  });
});
