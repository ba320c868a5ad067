import { eventually } from '@tidegate/testing';
import { Bank } from './testing/bank';
import { answersByBody, isReached, NAMED_IN_BODY, NAMES_NOTHING, told, type BodyAnswer } from './testing/body-routes';
import { EVERY_ROLE, openEastBranch, type EastBranch } from './testing/east-branch';
import { FAN_TARGET } from './testing/east-programmes';
import { readAll, type Answer, type HttpCaller, type Problem } from './testing/http-caller';
import { MerchantSystem } from './testing/merchant-system';
import { BODIES } from './testing/route-bodies';
import { LAST, NOT_SCOPED, OPEN_TO_CUSTOMERS, OTHER_IDS, UNREPEATABLE } from './testing/route-scopes';
import { readRoutes, type Route, type Routes } from './testing/routes';
import { stockBody } from './testing/stock';

// Goal: nobody reaches what belongs to others, on any route there is or will be.
// Method: the API documents name every route. Each that names an object, by an id in its path or in its body alone, is called with a real
// one, first by those who have no business with it, then by its owner; a route that nobody said anything about fails.

jest.setTimeout(900_000);

const REFUSED = [403, 404];
const ADJUSTMENT = { amountMinor: 5, currency: 'CNY', funder: 'bank', comment: 'x' };
const POOLED = { kind: 'third_party_code', orgPath: 'hq/west' };
const BOOKS = { businessDateFrom: '2026-01-01', businessDateTo: '2026-01-02', content: 'line_id,amount_minor\n' };
let bank: Bank;
let head: HttpCaller;
let east: HttpCaller;
let west: HttpCaller;
let branch: EastBranch;
let routes: Route[];
let byBody: Routes['byBody'];

beforeAll(async () => {
  bank = await Bank.open();
  head = await bank.staff('head-staff', EVERY_ROLE);
  // Not one who made anything below: the owner of each object is another person of the branch.
  east = await bank.staff('east-staff', EVERY_ROLE, 'hq/east');
  west = await bank.staff('west-staff', EVERY_ROLE, 'hq/west');
  branch = await openEastBranch(bank, head, east);
  ({ byPath: routes, byBody } = await readRoutes(bank.url));
});
afterAll(() => bank?.stop());

const call = (caller: HttpCaller, { method, path, name }: Route): Promise<Answer<Problem>> => {
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(idOf(key, name)));
  if (name.endsWith('/content')) return caller.call(method, filled, { body: 'client\nx', contentType: 'text/csv' });
  const body = name.endsWith('/accept') && name.includes('gifts') ? { token: branch.ids['giftToken'] } : BODIES[name];
  return caller.call(method, filled, method === 'GET' ? {} : { body: body ?? bodyOfKey(name) ?? {} });
};
const bodyOfKey = (name: string): object | undefined => {
  if (name.endsWith('/joins')) return { otherCustomerId: branch.ids['otherCustomerId'], reason: 'one passport' };
  if (name.endsWith('/transfer')) return { toCustomerId: branch.ids['otherCustomerId'] };
  const { publicKeyPem } = branch.tea;
  if (name.startsWith('PUT') && name.endsWith('/keys/{keyId}')) return { publicKeyPem };
  const rotation = { newKeyId: name.startsWith('POST /admin') ? 'by-staff' : 'by-itself', publicKeyPem };
  return name.endsWith('/keys/{keyId}/rotate') ? { ...rotation, overlapSeconds: 3_600 } : undefined;
};

function idOf(key: string, name: string): string {
  const other = OTHER_IDS[name];
  const id = branch.ids[(typeof other === 'string' ? other : other?.[key]) ?? key];
  if (id === undefined && !(name in NOT_SCOPED))
    throw new Error(`${name}: say here what ${key} is, or why it is not scoped`);
  return id ?? 'none';
}

/** What was not refused as it must be. */
async function leaksOf(caller: HttpCaller, audiences: string[], open: string[] = []): Promise<string[]> {
  const leaks: string[] = [];
  const isMeant = ({ audience, name }: Route): boolean =>
    audiences.includes(audience) && !(name in NOT_SCOPED) && !open.includes(name);
  for (const route of routes.filter(isMeant)) {
    const { status, contentType, body } = await call(caller, route);
    const isRefused = REFUSED.includes(status) && contentType.startsWith('application/problem+json');
    const isReasoned = isRefused && /^[A-Z][A-Z_]+$/.test(body.reason) && body.reason !== 'ROUTE_NOT_FOUND';
    if (!isReasoned) leaks.push(`${route.name}: ${status} ${JSON.stringify(body).slice(0, 200)}`);
  }
  return leaks;
}

describe('staff of another branch', () => {
  it('reach no object by its id', async () => {
    expect(routes.filter(({ audience }) => audience === 'admin').length).toBeGreaterThan(40);
    expect(await leaksOf(west, ['admin', 'workbench'])).toEqual([]);
  });

  it('find nothing of it in lists', async () => {
    const { campaignId, customerId, queue, seatId, strategyId, merchantId } = branch.ids;
    const lists: [path: string, rows: string][] = [
      ['/admin/v1/customers', 'customers'],
      ['/admin/v1/segments', 'segments'],
      ['/admin/v1/actions', 'actions'],
      ['/admin/v1/strategies', 'strategies'],
      ['/admin/v1/scripts', 'scripts'],
      [`/admin/v1/name-lists?strategyId=${strategyId}`, 'nameLists'],
      [`/admin/v1/decisions?customerId=${customerId}`, 'decisions'],
      [`/admin/v1/capacity?queue=${queue}`, 'capacities'],
      [`/admin/v1/capacity-slots?queue=${queue}`, 'slots'],
      ['/admin/v1/lead-routes', 'routes'],
      ['/admin/v1/quotas', 'quotas'],
      ['/admin/v1/goals', 'goals'],
      ['/admin/v1/queues', 'queues'],
      ['/admin/v1/merchants', 'merchants'],
      ['/admin/v1/teams', 'teams'],
      ['/admin/v1/traffic-plans', 'plans'],
      ['/admin/v1/activities', 'activities'],
      ['/admin/v1/circles', 'circles'],
      ['/admin/v1/webhook-endpoints', 'endpoints'],
      ['/admin/v1/fission-campaigns', 'campaigns'],
      ['/admin/v1/points-rules', 'rules'],
      ['/admin/v1/sign-in-programmes', 'programmes'],
      ['/admin/v1/exchange-offers', 'offers'],
      ['/admin/v1/growth-plans', 'plans'],
      ['/admin/v1/missions', 'missions'],
      ['/admin/v1/hunts', 'hunts'],
      [`/admin/v1/fission-campaigns/${campaignId}/members/${customerId}/invitees`, 'invitees'],
      ['/admin/v1/code-pools', 'pools'],
      ['/admin/v1/code-pool-alarms', 'alarms'],
      ['/admin/v1/fan-targets', 'targets'],
      ['/admin/v1/fans?kind=store&targetId=tea-house-1', 'fans'],
      [`/admin/v1/pushes?strategyId=${strategyId}`, 'pushes'],
      ['/admin/v1/org-units?orgPath=hq/east', 'orgUnits'],
      ['/admin/v1/staff', 'members'],
      ['/admin/v1/stocks', 'stocks'],
      [`/admin/v1/redemptions?merchantId=${merchantId}`, 'redemptions'],
      [`/admin/v1/ledger/postings?account=customer:${customerId}`, 'postings'],
      [`/admin/v1/settlement-batches?merchantId=${merchantId}`, 'batches'],
      [`/admin/v1/adjustments?merchantId=${merchantId}`, 'adjustments'],
      ['/admin/v1/reconciliations', 'reconciliations'],
      ['/admin/v1/differences', 'differences'],
      ['/workbench/v1/queues', 'queues'],
      [`/workbench/v1/leads?customerId=${customerId}`, 'leads'],
      [`/workbench/v1/leads?queue=${queue}`, 'leads'],
      [`/workbench/v1/leads?seatId=${seatId}`, 'leads'],
    ];
    const found: string[] = [];
    for (const [path, rows] of lists) {
      if ((await readAll(head, path, rows)).length === 0) found.push(`${path}: not even the head office finds one`);
      const { status, body } = await west.call<Record<string, unknown[]>>('GET', path);
      if (!REFUSED.includes(status) && (body[rows]?.length ?? 1) > 0) found.push(`${path}: ${status}`);
    }
    expect(found).toEqual([]);
  });

  it('do not do the head office’s work', async () => {
    const { policy } = await head.get<{ policy: object }>('/admin/v1/contact-policy');
    const attempts: [method: string, path: string, body?: object][] = [
      ['PUT', '/admin/v1/contact-policy', policy],
      ['PUT', '/admin/v1/model-slots/x', BODIES['PUT /admin/v1/model-slots/{slot}']],
      ['POST', '/admin/v1/model-slots/x/moves', BODIES['POST /admin/v1/model-slots/{slot}/moves']],
      ['POST', '/admin/v1/model-slots/x/settings', BODIES['POST /admin/v1/model-slots/{slot}/settings']],
      ['POST', '/admin/v1/model-slots/x/moves/y/approve', {}],
      ['POST', '/admin/v1/model-slots/x/moves/y/reject', {}],
      ['POST', '/admin/v1/model-slots/x/roll-back', { reason: 'x' }],
      ['POST', '/admin/v1/models/x/trials', {}],
      ['POST', '/admin/v1/settlements', { businessDate: '2026-01-01' }],
      ['POST', '/admin/v1/payouts', { batchIds: [branch.ids['batchId']] }],
      ['GET', '/admin/v1/payouts'],
      ['PUT', '/admin/v1/engagement-policies/group/x', { version: 0 }],
      ['PUT', '/admin/v1/persons/x', { personId: 'y' }],
      ['PUT', '/admin/v1/fan-targets', { ...FAN_TARGET, orgPath: 'hq/west' }],
      ['POST', '/admin/v1/adjustments', { ...ADJUSTMENT, merchantId: branch.ids['merchantId'] }],
      ['POST', '/admin/v1/reconciliations', { ...BOOKS, merchantId: branch.ids['merchantId'] }],
      ['POST', '/admin/v1/ledger/checks', {}],
      ['GET', '/admin/v1/ledger/checks'],
      ['GET', '/admin/v1/ledger/checks/x'],
      ['POST', '/admin/v1/ledger/checks/x/cancel', {}],
      ['GET', '/admin/v1/dead-letters'],
      ['POST', '/admin/v1/dead-letters/1/replay', {}],
      ['PUT', '/admin/v1/org-units', { orgPath: 'hq/north', name: 'North' }],
      ['POST', '/admin/v1/stocks', stockBody('hq-packet')],
      ['POST', '/admin/v1/stocks', stockBody('west-code', { ...POOLED, poolId: branch.ids['poolId'] })],
    ];
    const done: string[] = [];
    for (const [method, path, body] of attempts) {
      const answer = await west.call<Problem>(method, path, body ? { body } : {});
      const isReasoned = ['HEAD_OFFICE_ONLY', 'ORG_OUT_OF_SCOPE'].includes(answer.body.reason);
      if (answer.status !== 403 || !isReasoned) done.push(`${method} ${path}: ${answer.status} ${answer.body.reason}`);
    }
    expect(done).toEqual([]);
  });
});

describe('somebody who left the bank', () => {
  it('is let in by his token until it is said, and by none from then on', async () => {
    const leaver = await bank.staff('east-goer', EVERY_ROLE, 'hq/east');
    await east.put('/admin/v1/staff/east-goer', { name: 'Goer', orgPath: 'hq/east' });
    await leaver.get('/admin/v1/org-units');
    const wide = await bank.staff('east-goer', EVERY_ROLE, 'hq');
    expect(await wide.call('GET', '/admin/v1/org-units')).toMatchObject({ body: { reason: 'STAFF_OUT_OF_PLACE' } });
    await east.post('/admin/v1/staff/east-goer/state', { state: 'left', reason: 'retired' });
    await eventually(
      async () => {
        const { status, body } = await leaver.call<Problem>('GET', '/admin/v1/org-units');
        expect([status, body.reason]).toEqual([403, 'STAFF_NOT_ACTIVE']);
      },
      { timeoutMs: 60_000 },
    );
  });
});

describe('another customer', () => {
  it('reaches neither wallet, gifts, messages nor decisions by their ids', async () => {
    const stranger = await bank.customer('stranger');
    expect(await leaksOf(stranger, ['app'], Object.keys(OPEN_TO_CUSTOMERS))).toEqual([]);
    for (const path of ['/app/v1/wallet', '/app/v1/inbox']) {
      expect(await stranger.get<object>(path)).toMatchObject(
        path.endsWith('inbox') ? { messages: [] } : { instances: [] },
      );
    }
  });

  it('is kept out of the staff’s rooms', async () => {
    const customer = await bank.customer(branch.ids['customerId']!);
    expect(await leaksOf(customer, ['admin', 'workbench'])).toEqual([]);
  });
});

it('another merchant reaches neither holds nor statements', async () => {
  const books = await MerchantSystem.join(bank.url, { admin: head, checker: east }, 'book-shop', 'hq/east');
  expect(await leaksOf(books.http, ['merchant'])).toEqual([]);
});

describe('a route that names objects in its body alone', () => {
  const answersTo = (caller: HttpCaller, audiences: string[]) =>
    answersByBody(
      caller,
      byBody.filter(({ audience }) => audiences.includes(audience)),
      branch.ids,
    );
  const reached = (answers: BodyAnswer[]): string[] =>
    answers.filter(({ status }) => !REFUSED.includes(status)).map(told);

  beforeAll(async () => {
    const app = await bank.customer(branch.ids['customerId']!);
    const path = `/app/v1/wallet/${branch.ids['spareInstanceId']}/redemption-code`;
    branch.ids['redemptionCode'] = (await app.post<{ code: string }>(path)).code;
  });

  it('is known, with what it names or why it names nothing', () => {
    const said = Object.keys({ ...NAMED_IN_BODY, ...NAMES_NOTHING });
    expect(byBody.map(({ name }) => name).sort()).toEqual(said.sort());
  });

  it('refuses staff of another branch, other merchants and customers', async () => {
    expect(reached(await answersTo(west, ['admin', 'workbench', 'open']))).toEqual([]);
    const tools = await MerchantSystem.join(bank.url, { admin: head, checker: east }, 'tool-shop', 'hq/east');
    expect(reached(await answersTo(tools.http, ['merchant']))).toEqual([]);
    const stranger = await bank.customer('stranger');
    expect(reached(await answersTo(stranger, ['admin', 'workbench', 'open']))).toEqual([]);
  });

  it('is reached by its owner with the same body', async () => {
    const owners: [HttpCaller, string][] = [
      [head, 'admin'],
      [east, 'workbench'],
      [branch.tea.http, 'merchant'],
      [await bank.teller(), 'open'],
    ];
    const kept: string[] = [];
    for (const [owner, audience] of owners) {
      const answers = await answersTo(owner, [audience]);
      expect(answers.length).toBeGreaterThan(0);
      kept.push(...answers.filter((answer) => !isReached(answer)).map(told));
    }
    expect(kept).toEqual([]);
  });
});

it('the owner reaches every one of them with the same request', async () => {
  const customer = await bank.customer(branch.ids['customerId']!);
  const callers: Record<string, HttpCaller> = {
    admin: head,
    workbench: east,
    app: customer,
    merchant: branch.tea.http,
  };
  const kept: string[] = [];
  const reached = routes.filter(({ name }) => !(name in NOT_SCOPED) && !UNREPEATABLE.includes(name));
  reached.sort((left, right) => LAST.indexOf(left.name) - LAST.indexOf(right.name));
  for (const route of reached) {
    const { status, body } = await call(callers[route.audience]!, route);
    // What moved on meanwhile may be refused by its rules, but it was reached.
    if (![200, 201, 202, 204, 409, 422].includes(status)) kept.push(`${route.name}: ${status} ${JSON.stringify(body)}`);
  }
  expect(kept).toEqual([]);
});
