import { eventually } from '@tidegate/testing';
import { Bank, CLOUD_EVENT, cloudEvent, type CustomerView } from './testing/bank';
import { bankFile, fileCustomer, fileLine, FILE_HEADER } from './testing/bank-file';
import { readAll, type HttpCaller } from './testing/http-caller';
import { SeatStream } from './testing/seat-stream';
import { stockBody } from './testing/stock';
import type { Brief, DecisionView, FunnelRow, LeadView, NameListView, PushView } from './testing/views';

// Goal: the whole loop works for those who use it: insight → strategy → arbitration → execution → review, over HTTP alone.
// Method: one bank, one story in order; every step rests on the one before it.

const CUSTOMERS = 200;
const SEATS_FREE = 10;
const DEPOSIT = 'deposit-calls';
const file = bankFile(CUSTOMERS);
/** In the file of those who never agreed to anything. */
const silent = [200, 204, 205].map((index) => ({ ...fileCustomer(index), balance: 1_500 }));
const MARKETING = [{ purpose: 'marketing', channel: '*' }];
const RULE = {
  all: [
    { field: 'attributes.balance', op: 'gte', value: 1_000 },
    { not: { field: 'orgPath', op: 'eq', value: 'hq/west' } },
  ],
};
const isMeant = ({ balance, orgPath }: { balance: number; orgPath: string }): boolean =>
  balance >= 1_000 && orgPath !== 'hq/west';
const listed = file.customers.filter(isMeant);

let bank: Bank;
let admin: HttpCaller;
let maker: HttpCaller;
let checker: HttpCaller;
let agent: HttpCaller;
let teller: HttpCaller;
let customers: Map<string, CustomerView>;
let list: NameListView;
let heldOut: number;
let pushed: number;
let worked: LeadView;

const idOf = (externalId: string): string => {
  const customer = customers.get(externalId);
  if (!customer) throw new Error(`${externalId} was not imported`);
  return customer.customerId;
};
const funnelOf = async (strategyId: string, channel: string): Promise<FunnelRow | undefined> => {
  const { rows } = await admin.get<{ rows: FunnelRow[] }>(`/admin/v1/reports/funnel?strategyId=${strategyId}`);
  return rows.find((row) => row.channel === channel);
};

beforeAll(async () => {
  bank = await Bank.open();
  admin = await bank.staff('anna', ['admin']);
  // Both roles in one person: the rule is about persons, not roles.
  maker = await bank.staff('max', ['maker', 'checker']);
  checker = await bank.staff('chen', ['checker']);
  agent = await bank.staff('ada', ['agent'], 'hq/east');
  teller = await bank.teller();
});
afterAll(() => bank?.stop());

describe('insight', () => {
  it('knows the organisation', async () => {
    const put = (orgPath: string): Promise<unknown> => admin.put('/admin/v1/org-units', { orgPath, name: orgPath });
    await expect(put('hq/east')).rejects.toThrow('ORG_PARENT_NOT_FOUND');
    for (const orgPath of ['hq', 'hq/east', 'hq/west']) await put(orgPath);
  });

  it('imports a file and names every line that it could not take', async () => {
    const imported = await bank.importFile(admin, 'core.csv', file.csv, MARKETING);
    const counts = { createdCount: CUSTOMERS, refusedCount: file.errors.length };
    expect(imported).toMatchObject({ state: 'completed', lineCount: CUSTOMERS + file.errors.length, ...counts });
    const path = `/admin/v1/customer-imports/${imported.importId}/errors?pageSize=3`;
    const errors = await readAll<{ line: number; reason: string }>(admin, path, 'errors');
    expect(errors.map(({ line, reason }) => ({ line, reason }))).toEqual(file.errors);
  });

  it('imports the same file again without doubles', async () => {
    const again = await bank.importFile(admin, 'core.csv', file.csv, MARKETING);
    expect(again).toMatchObject({ createdCount: 0, updatedCount: 0, unchangedCount: CUSTOMERS });
    const strangers = [FILE_HEADER, ...silent.map((customer, index) => fileLine(index, customer))].join('\n');
    await bank.importFile(admin, 'strangers.csv', strangers, []);
    customers = await bank.customers(admin);
    expect(customers.size).toBe(CUSTOMERS + silent.length);
    expect(new Set([...customers.values()].map(({ customerId }) => customerId)).size).toBe(customers.size);
  });

  it('counts a segment over the base as it judges each customer', async () => {
    const expected = listed.length + silent.filter(isMeant).length;
    await maker.put('/admin/v1/segments/well-off-east', { name: 'Well off, east', rule: RULE, orgPath: 'hq' });
    await eventually(async () => {
      const { count } = await maker.post<{ count: number }>('/admin/v1/segments/preview', {
        rule: RULE,
        sampleSize: 5,
      });
      expect(Number(count)).toBe(expected);
    });
    const members = await readAll<{ customerId: string }>(
      maker,
      '/admin/v1/segments/well-off-east/members?pageSize=50',
      'members',
    );
    const judged: string[] = [];
    for (const { customerId } of customers.values()) {
      const path = `/admin/v1/segments/well-off-east/members/${customerId}`;
      if ((await maker.get<{ isMember: boolean }>(path)).isMember) judged.push(customerId);
    }
    expect(judged.sort()).toEqual(members.map(({ customerId }) => customerId).sort());
    expect(judged).toHaveLength(expected);
  });
});

describe('strategy', () => {
  it('writes an action with a script', async () => {
    const script = {
      title: 'Term deposit',
      opening: 'Good day {{customer.externalId}}, your balance of {{customer.attributes.balance}} could earn more.',
      talkingPoints: ['Fixed rate'],
      objections: [{ objection: 'No time', answer: 'Two minutes.' }],
      nextStep: 'Open it now.',
      orgPath: 'hq',
    };
    await maker.put('/admin/v1/scripts/deposit-talk', script);
    const body = { ...script, opening: 'Good day {{customer.salary}}' };
    const refusal = await maker.refused('PUT', '/admin/v1/scripts/deposit-talk', { body });
    expect([refusal.status, refusal.reason]).toEqual([400, 'SCRIPT_VARIABLE_UNKNOWN']);
    await admin.put('/admin/v1/queues/deposit-desk', {
      name: 'Deposit desk',
      channel: 'remote_bank',
      orgPath: 'hq/east',
    });
    await maker.put('/admin/v1/actions/deposit', {
      name: 'Term deposit',
      issue: 'growth',
      group: 'deposits',
      treatments: [{ channel: 'remote_bank', title: 'Deposit call', scriptId: 'deposit-talk', queue: 'deposit-desk' }],
      valueMinor: 50_000,
      currency: 'CNY',
      purpose: 'marketing',
      orgPath: 'hq',
    });
  });

  it('goes live only by another person than its maker', async () => {
    await maker.post('/admin/v1/strategies', {
      strategyId: DEPOSIT,
      name: 'Deposit calls',
      orgPath: 'hq',
      segmentId: 'well-off-east',
      actionIds: ['deposit'],
      holdoutBasisPoints: 2_000,
    });
    const submitted = await maker.post<{ strategy: { contentHash: string } }>(`/admin/v1/strategies/${DEPOSIT}/submit`);
    const { contentHash } = submitted.strategy;
    const refusal = async (who: HttpCaller, body: object): Promise<string> =>
      (await who.refused('POST', `/admin/v1/strategies/${DEPOSIT}/approve`, { body })).reason;
    expect(await refusal(maker, { contentHash })).toBe('APPROVER_IS_MAKER');
    expect(await refusal(checker, {})).toBe('VALIDATION_FAILED');
    expect(await refusal(checker, { contentHash: 'of something else' })).toBe('VERSION_CONFLICT');
    const early = { body: { strategyId: DEPOSIT, name: 'Too early' } };
    const unread = await maker.refused('POST', '/admin/v1/name-lists', early);
    expect([unread.status, unread.reason]).toEqual([422, 'STRATEGY_NOT_PUBLISHED']);
    const read = { contentHash, comment: 'good' };
    const approved = await checker.post<{ strategy: object }>(`/admin/v1/strategies/${DEPOSIT}/approve`, read);
    expect(approved.strategy).toMatchObject({ state: 'published', createdBy: 'max', reviewedBy: 'chen' });
  });

  it('builds a name list and says who is kept off it, and why', async () => {
    const [complaining, withdrawn] = [idOf(listed[0]!.externalId), idOf(listed[1]!.externalId)];
    await admin.post(`/admin/v1/customers/${complaining}/complaints`, { subject: 'a wrong fee' });
    await (
      await bank.customer(withdrawn)
    ).post('/app/v1/consents', { ...MARKETING[0], isGranted: false, evidence: 'app' });
    const { nameList } = await maker.post<{ nameList: NameListView }>('/admin/v1/name-lists', {
      strategyId: DEPOSIT,
      name: 'Week 1',
    });
    list = await eventually(
      async () => {
        const view = (await maker.get<{ nameList: NameListView }>(`/admin/v1/name-lists/${nameList.listId}`)).nameList;
        expect(view).toMatchObject({ state: 'ready', failureReason: '' });
        return view;
      },
      { timeoutMs: 60_000 },
    );
    const members = await readAll<{ customerId: string; isPassed: boolean; reason: string }>(
      maker,
      `/admin/v1/name-lists/${list.listId}/members`,
      'members',
    );
    const reasonOf = new Map(members.map(({ customerId, reason }) => [customerId, reason]));
    expect(reasonOf.get(complaining)).toBe('COMPLAINT_HOLD');
    expect(reasonOf.get(withdrawn)).toBe('CONSENT_MISSING');
    for (const { externalId } of silent.filter(isMeant)) expect(reasonOf.get(idOf(externalId))).toBe('CONSENT_MISSING');
    heldOut = members.filter(({ reason }) => reason === 'HOLDOUT_STRATEGY').length;
    expect(heldOut).toBeGreaterThan(0);
    expect(list.screenedCountByReason).toEqual({
      COMPLAINT_HOLD: 1,
      CONSENT_MISSING: 1 + silent.filter(isMeant).length,
      HOLDOUT_STRATEGY: heldOut,
    });
    expect(list.passedCount).toBe(members.filter(({ isPassed }) => isPassed).length);
    expect(list.passedCount).toBeGreaterThan(SEATS_FREE);
    pushed = list.passedCount + heldOut;
  });
});

describe('arbitration and execution', () => {
  it('lets people’s time limit the push', async () => {
    await admin.put('/admin/v1/capacity/deposit-desk/week-1', { units: SEATS_FREE });
    await maker.post(`/admin/v1/name-lists/${list.listId}/dispatch`, { capacitySlot: 'week-1' });
    const push = await eventually(async () => {
      const { nameList } = await maker.get<{ nameList: NameListView }>(`/admin/v1/name-lists/${list.listId}`);
      const view = (await maker.get<{ push: PushView }>(`/admin/v1/pushes/${nameList.pushId}`)).push;
      expect(view.state).toBe('completed');
      return view;
    });
    // The control group goes along, so that the review can compare; nobody contacts it.
    expect(push).toMatchObject({ memberCount: pushed, decidedCount: pushed, chosenCount: SEATS_FREE });
    expect(push.countByReason).toEqual({
      CHOSEN: SEATS_FREE,
      OUTRANKED: list.passedCount - SEATS_FREE,
      HOLDOUT_STRATEGY: heldOut,
    });
    const { capacities } = await admin.get<{ capacities: object[] }>('/admin/v1/capacity?queue=deposit-desk');
    expect(capacities).toMatchObject([{ slot: 'week-1', units: SEATS_FREE, reserved: SEATS_FREE, used: 0 }]);
    await eventually(async () => {
      const leads = await readAll<LeadView>(agent, '/workbench/v1/leads?queue=deposit-desk&state=waiting', 'leads');
      expect(leads).toHaveLength(SEATS_FREE);
    });
  });

  it('offers leads to a seat as soon as it is free', async () => {
    await admin.put('/admin/v1/seats/east-1', {
      agentId: 'ada',
      orgPath: 'hq/east',
      queues: ['deposit-desk'],
      capacity: 1,
    });
    const token = await bank.platform.issueToken({ sub: 'ada', kind: 'staff', roles: ['agent'], org: 'hq/east' });
    const stream = await SeatStream.open(`${bank.url}/workbench/v1/seats/east-1/events`, token);
    try {
      expect((await stream.next('snapshot')).data.openLeads).toEqual([]);
      await agent.put('/workbench/v1/seats/east-1/state', { state: 'available' });
      const leadId = (await stream.next('lead-offered')).data.lead!.leadId;
      worked = (await agent.post<{ lead: LeadView }>(`/workbench/v1/leads/${leadId}/accept`, { seatId: 'east-1' }))
        .lead;
      expect((await stream.next('lead-accepted')).data.lead?.leadId).toBe(leadId);
    } finally {
      stream.close();
    }
  });

  it('briefs the agent: why, script, timeline, wallet', async () => {
    const { customerId } = worked;
    const customer = [...customers.values()].find((known) => known.customerId === customerId)!;
    await admin.post('/admin/v1/stocks', stockBody('tea', { name: 'A cup of tea' }));
    await (await bank.customer(customerId)).post('/app/v1/stocks/tea/claims');
    const login = cloudEvent('login-1', customer.externalId, 'login', { device: 'phone' });
    await teller.post('/open/v1/events', login, { contentType: CLOUD_EVENT });
    await eventually(async () => {
      const brief = await agent.get<Brief>(`/workbench/v1/leads/${worked.leadId}`);
      expect(brief.missingParts).toEqual([]);
      expect(brief.why.length).toBeGreaterThan(0);
      const balance = String(customer.attributes!['balance']);
      expect(brief.script.opening).toBe(`Good day ${customer.externalId}, your balance of ${balance} could earn more.`);
      expect(brief.timeline.map(({ type }) => type)).toContain('login');
      expect(brief.wallet).toMatchObject([{ name: 'A cup of tea', faceValueMinor: 800, state: 'issued' }]);
    });
  });

  it('tells what came of the call, to the decision and to the review', async () => {
    const body = { seatId: 'east-1', disposition: 'converted', note: 'took 12 months' };
    await agent.post(`/workbench/v1/leads/${worked.leadId}/disposition`, body);
    // The freed seat is offered the next lead by itself.
    const next = await eventually(async () => {
      const { openLeads } = await agent.get<{ openLeads: LeadView[] }>('/workbench/v1/seats/east-1');
      expect(openLeads).toMatchObject([{ state: 'offered' }]);
      return openLeads[0]!;
    });
    await agent.post(`/workbench/v1/leads/${next.leadId}/accept`, { seatId: 'east-1' });
    await agent.post(`/workbench/v1/leads/${next.leadId}/disposition`, {
      seatId: 'east-1',
      disposition: 'not_interested',
    });
    const outcomesOf = async (decisionId: string): Promise<string[]> =>
      (await admin.get<{ decision: DecisionView }>(`/admin/v1/decisions/${decisionId}`)).decision.outcomes;
    await eventually(async () => expect(await outcomesOf(worked.decisionId)).toContain('converted'));
    await eventually(async () => expect(await outcomesOf(next.decisionId)).toContain('rejected'));
    await eventually(async () => {
      const row = await funnelOf(DEPOSIT, 'remote_bank');
      expect(row).toMatchObject({ considered: pushed, chosen: SEATS_FREE, delivered: SEATS_FREE });
      expect(row).toMatchObject({ reached: 2, responded: 2, converted: 1 });
    });
    const effect = await admin.get<object>(`/admin/v1/reports/effect?strategyId=${DEPOSIT}`);
    expect(effect).toMatchObject({ controlCount: heldOut, controlSuccessCount: 0, treatedSuccessCount: 1 });
  });
});
