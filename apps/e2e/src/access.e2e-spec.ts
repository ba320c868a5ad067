import { Bank } from './testing/bank';
import { EVERY_ROLE, openEastBranch, type EastBranch } from './testing/east-branch';
import { readAll, type Answer, type HttpCaller, type Problem } from './testing/http-caller';
import { MerchantSystem } from './testing/merchant-system';
import { readRoutes, type Route } from './testing/routes';
import { stockBody } from './testing/stock';

// Goal: nobody reaches what belongs to others, on any route there is or will be.
// Method: the API documents name every route with an id in its path. Each is called with the id of a real object, first by those
// who have no business with it, then by its owner; a route that nobody said anything about fails.

jest.setTimeout(180_000);

const REFUSED = [403, 404];
const OWN = { orgPath: 'hq/west' };
const TREATMENT = { channel: 'app', title: 'Hello', body: 'A message.' };
const ACTION = { name: 'X', issue: 'growth', group: 'deposits', purpose: 'marketing', currency: 'CNY', valueMinor: 1 };
const FEATURES = {
  spec: { features: [{ kind: 'numeric', name: 'balance', attribute: 'balance', bucketsPerDecade: 2 }] },
};
const CONSENT = { purpose: 'service', channel: 'sms', isGranted: true, evidence: 'test' };
const ADJUSTMENT = { amountMinor: 5, currency: 'CNY', funder: 'bank', comment: 'x' };
const BOOKS = { businessDateFrom: '2026-01-01', businessDateTo: '2026-01-02', content: 'line_id,amount_minor\n' };
const SEAT = { agentId: 'west-staff', queues: ['east-desk'], capacity: 2, ...OWN };

const GOAL = {
  name: 'X',
  strategyId: 'east-calls',
  kind: 'customers',
  targetAmount: 1,
  startsAt: '2026-01-01T00:00:00Z',
  endsAt: '2030-01-01T00:00:00Z',
  ...OWN,
};

const TEAM = { name: 'X', people: [{ agentId: 'east-agent', capacity: 1 }], ...OWN };

/** What is sent to each route; a PUT tries to move the object into the caller's own organisation. */
const BODIES: Record<string, object> = {
  'PUT /admin/v1/actions/{actionId}': { ...ACTION, treatments: [TREATMENT], ...OWN },
  'PUT /admin/v1/capacity/{queue}/{slot}': { units: 50 },
  'POST /admin/v1/complaints/{complaintId}/close': { resolution: 'none' },
  'PUT /admin/v1/customers/{customerId}/tags/{tag}': { value: 'x' },
  'POST /admin/v1/customers/{customerId}/consents': CONSENT,
  'POST /admin/v1/customers/{customerId}/complaints': { subject: 'x' },
  'POST /admin/v1/name-lists/{listId}/split': { plan: { teamIds: ['east-team'] } },
  'POST /admin/v1/name-lists/{listId}/hand-down': { shares: [{ orgPath: 'hq/east', quota: 0 }] },
  'PUT /admin/v1/teams/{teamId}': TEAM,
  'PUT /admin/v1/teams/{teamId}/people/{agentId}/judgement': { willingness: 3, ability: 3 },
  'PUT /admin/v1/merchants/{merchantId}': { name: 'X', ...OWN },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}': { name: 'X', longitude: 1, latitude: 1 },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}/clerks/{clerkId}': { name: 'X' },
  'PUT /admin/v1/merchants/{merchantId}/budget': { currency: 'CNY', limits: {} },
  'PUT /admin/v1/merchants/{merchantId}/stores/{storeId}/budget': { currency: 'CNY', limits: {} },
  'POST /admin/v1/merchants/{merchantId}/suspend': { comment: 'x' },
  'PUT /admin/v1/activities/{activityId}': {
    ...{ name: 'X', startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z', ...OWN },
  },
  'PUT /admin/v1/circles/{circleId}': { name: 'X', ...OWN },
  'PUT /admin/v1/traffic-plans/{planId}': {
    ...{ name: 'X', direction: 'app_to_store', tokenLifeSeconds: 600, tokenUseLimit: 1, ...OWN },
    ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2099-01-01T00:00:00Z' },
  },
  'POST /admin/v1/settlement-batches/{batchId}/reject': { reason: 'x' },
  'POST /admin/v1/settlement-batches/{batchId}/payment': { isPaid: true },
  'POST /admin/v1/differences/{differenceId}/resolve': { resolution: 'bank_right', comment: 'x' },
  'PUT /admin/v1/queues/{queue}': { name: 'X', channel: 'remote_bank', ...OWN },
  'PUT /admin/v1/goals/{goalId}': GOAL,
  'PUT /admin/v1/quotas/{quotaId}': { name: 'X', kind: 'volume', limitAmount: 1, period: 'total', ...OWN },
  'PUT /admin/v1/seats/{seatId}': SEAT,
  'PUT /admin/v1/segments/{segmentId}': { name: 'X', rule: { all: [] }, ...OWN },
  'PUT /admin/v1/scripts/{scriptId}': { title: 'X', opening: 'X', ...OWN },
  'PUT /admin/v1/strategies/{strategyId}': { name: 'X', version: 1, orgPath: 'hq/east' },
  'POST /admin/v1/strategies/{strategyId}/roll-back': { comment: 'back' },
  'POST /admin/v1/strategies/{strategyId}/reject': { comment: 'no' },
  'PUT /admin/v1/model-slots/{slot}': {
    champion: { kind: 'adaptive' },
    successOutcome: 'converted',
    featureSpec: FEATURES,
  },
  'POST /admin/v1/strategies/{strategyId}/move': { move: 'pause' },
  'PUT /admin/v1/webhook-endpoints/{endpointId}': { url: 'https://example.com/hook', ...OWN },
  'POST /workbench/v1/customers/{customerId}/consents': CONSENT,
  'POST /workbench/v1/customers/{customerId}/complaints': { subject: 'x' },
  'POST /workbench/v1/customers/{customerId}/next-best-actions': { channel: 'branch' },
  'POST /workbench/v1/decisions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /workbench/v1/leads/{leadId}/accept': { seatId: 'east-seat' },
  'POST /workbench/v1/leads/{leadId}/decline': { seatId: 'east-seat' },
  'POST /workbench/v1/leads/{leadId}/disposition': { seatId: 'east-seat', disposition: 'no_answer' },
  'PUT /workbench/v1/seats/{seatId}/state': { state: 'away' },
  'POST /app/v1/decisions/{decisionId}/outcomes': { outcome: 'shown' },
  'POST /app/v1/inbox/{messageId}/marks': { mark: 'read' },
};

/** Routes whose objects are not an organisation's, each with why. */
const NOT_SCOPED: Record<string, string> = {
  'GET /admin/v1/model-slots/{slot}': 'a model is the whole bank’s, and says nothing of a single customer',
  'POST /admin/v1/strategy-templates/{templateId}/drafts': 'a template is everybody’s; its draft is the maker’s own',
  'GET /admin/v1/business-days/{date}': 'the bank’s calendar',
  'GET /app/v1/stocks/{stockId}': 'an offer to every customer',
  'POST /app/v1/stocks/{stockId}/claims': 'an offer to every customer',
};

/** The owner's turn would not end, or would need an object that is there only when something went wrong. */
const UNREPEATABLE = ['GET /workbench/v1/seats/{seatId}/events', 'POST /admin/v1/dead-letters/{id}/replay'];

/** After these the merchant reaches nothing any more, so the owner's turn ends with them. */
const LAST = [
  'DELETE /merchant/v1/keys/{keyId}',
  'DELETE /admin/v1/merchants/{merchantId}/keys/{keyId}',
  'POST /admin/v1/merchants/{merchantId}/suspend',
];

let bank: Bank;
let head: HttpCaller;
let east: HttpCaller;
let west: HttpCaller;
let branch: EastBranch;
let routes: Route[];

beforeAll(async () => {
  bank = await Bank.open();
  head = await bank.staff('head-staff', EVERY_ROLE);
  // Not one who made anything below: the owner of each object is another person of the branch.
  east = await bank.staff('east-staff', EVERY_ROLE, 'hq/east');
  west = await bank.staff('west-staff', EVERY_ROLE, 'hq/west');
  branch = await openEastBranch(bank, head, east);
  routes = await readRoutes(bank.url);
});
afterAll(() => bank?.stop());

const call = (caller: HttpCaller, { method, path, name }: Route): Promise<Answer<Problem>> => {
  const filled = path.replace(/\{(\w+)\}/g, (_, key: string) => encodeURIComponent(idOf(key, name)));
  if (name.endsWith('/content')) return caller.call(method, filled, { body: 'client\nx', contentType: 'text/csv' });
  const body = name.endsWith('/accept') && name.includes('gifts') ? { token: branch.ids['giftToken'] } : BODIES[name];
  return caller.call(method, filled, method === 'GET' ? {} : { body: body ?? bodyOfKey(name) ?? {} });
};
const bodyOfKey = (name: string): object | undefined => {
  const { publicKeyPem } = branch.tea;
  if (name.startsWith('PUT') && name.endsWith('/keys/{keyId}')) return { publicKeyPem };
  const rotation = { newKeyId: name.startsWith('POST /admin') ? 'by-staff' : 'by-itself', publicKeyPem };
  return name.endsWith('/keys/{keyId}/rotate') ? { ...rotation, overlapSeconds: 3_600 } : undefined;
};

function idOf(key: string, name: string): string {
  const id = branch.ids[key];
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
    const { customerId, queue, seatId, strategyId, merchantId } = branch.ids;
    const lists: [path: string, rows: string][] = [
      ['/admin/v1/customers', 'customers'],
      ['/admin/v1/segments', 'segments'],
      ['/admin/v1/actions', 'actions'],
      ['/admin/v1/strategies', 'strategies'],
      ['/admin/v1/scripts', 'scripts'],
      [`/admin/v1/name-lists?strategyId=${strategyId}`, 'nameLists'],
      [`/admin/v1/decisions?customerId=${customerId}`, 'decisions'],
      [`/admin/v1/capacity?queue=${queue}`, 'capacities'],
      ['/admin/v1/quotas', 'quotas'],
      ['/admin/v1/goals', 'goals'],
      ['/admin/v1/queues', 'queues'],
      ['/admin/v1/merchants', 'merchants'],
      ['/admin/v1/teams', 'teams'],
      ['/admin/v1/traffic-plans', 'plans'],
      ['/admin/v1/activities', 'activities'],
      ['/admin/v1/circles', 'circles'],
      ['/admin/v1/webhook-endpoints', 'endpoints'],
      ['/admin/v1/org-units?orgPath=hq/east', 'orgUnits'],
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
      ['POST', '/admin/v1/settlements', { businessDate: '2026-01-01' }],
      ['POST', '/admin/v1/payouts', { batchIds: [branch.ids['batchId']] }],
      ['GET', '/admin/v1/payouts'],
      ['POST', '/admin/v1/adjustments', { ...ADJUSTMENT, merchantId: branch.ids['merchantId'] }],
      ['POST', '/admin/v1/reconciliations', { ...BOOKS, merchantId: branch.ids['merchantId'] }],
      ['GET', '/admin/v1/dead-letters'],
      ['POST', '/admin/v1/dead-letters/1/replay', {}],
      ['PUT', '/admin/v1/org-units', { orgPath: 'hq/north', name: 'North' }],
      ['POST', '/admin/v1/stocks', stockBody('hq-packet')],
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

describe('another customer', () => {
  it('reaches neither wallet, gifts, messages nor decisions by their ids', async () => {
    const stranger = await bank.customer('stranger');
    // Whoever holds the link may take the gift: that is what it is for.
    expect(await leaksOf(stranger, ['app'], ['POST /app/v1/gifts/{giftId}/accept'])).toEqual([]);
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
