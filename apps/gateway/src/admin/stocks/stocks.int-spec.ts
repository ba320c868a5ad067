import { DomainError, invalid, notFound } from '@tidegate/errors';
import type { StockBody } from './stocks.request';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: nobody is made to bear a part of a stock who does not exist, is another organisation's or is a merchant who is not active, and no
// name that customers read promises what is forbidden.

const STATES: Record<string, string> = { 'tea-house': 'active', 'new-shop': 'reviewed', 'shut-shop': 'suspended' };
let gateway: TestGateway;
let created: unknown[];
/** Whether the request was answered before. */
let isCreated: boolean;
let forbidden: string;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answer('merchants.getMerchant', (request) => {
    const merchantId = String(request.merchantId);
    if (merchantId === 'far-shop') {
      throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE', message: 'not yours' });
    }
    const state = STATES[merchantId];
    if (!state) throw notFound('MERCHANT_NOT_FOUND', 'There is no such merchant.');
    return { merchant: { merchantId, name: merchantId, orgPath: 'hq', state } };
  });
  gateway.services.answer('merchants.listOrgUnits', (request) => {
    const orgPath = String(request.orgPath);
    if (orgPath === 'other') {
      throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE', message: 'not yours' });
    }
    if (!/^[a-z/]+$/.test(orgPath)) throw invalid([{ field: 'orgPath', description: 'must be a path' }]);
    // Those at and below it, by path.
    const found = ['hq', 'hq/east', 'hq/void/below'].filter(
      (unit) => unit === orgPath || unit.startsWith(`${orgPath}/`),
    );
    return { orgUnits: found.slice(0, Number(request.pageSize)).map((unit) => ({ orgPath: unit, name: unit })) };
  });
  gateway.services.answer('strategyDesk.checkCopy', ({ texts }) => {
    const finding = { field: 'name', advice: 'Change it.', source: 'a law' };
    const isForbidden = JSON.stringify(texts).includes(forbidden);
    const code = isForbidden ? 'COPY_FORBIDDEN_PROMISE' : 'COPY_RISK_WORDS_MISSING';
    return { findings: [{ ...finding, code }] };
  });
  gateway.services.answer('benefits.createStock', ({ stock, isRepeatOnly }) => {
    if (!isRepeatOnly) created.push(stock);
    else if (!isCreated) throw notFound('STOCK_NOT_FOUND', 'This request has created no stock.');
    return { stock };
  });
});
beforeEach(() => {
  [created, isCreated, forbidden] = [[], false, '保本'];
  STATES['tea-house'] = 'active';
});
afterAll(() => gateway?.stop());

const create = (...costShares: StockBody['costShares']): Promise<Reply> => createNamed('Tea', ...costShares);
const createNamed = async (name: string, ...costShares: StockBody['costShares']): Promise<Reply> => {
  const stock: Partial<StockBody> = {
    stockId: 'tea',
    name,
    kind: 'red_packet',
    faceValueMinor: 800,
    currency: 'CNY',
    totalLimit: 10,
    claimStartsAt: new Date('2026-03-01T00:00:00Z'),
    claimEndsAt: new Date('2026-03-08T00:00:00Z'),
    validForSeconds: 3_600,
    costShares,
    orgPath: 'hq',
    timeZone: 'Asia/Shanghai',
  };
  const headers = {
    authorization: `Bearer ${await gateway.token()}`,
    'idempotency-key': 'tea',
    'content-type': 'application/json',
  };
  return send(gateway, { method: 'POST', path: '/admin/v1/stocks', headers, body: JSON.stringify(stock) });
};
const half = (funder: string, partyId?: string) => ({ funder, partyId, basisPoints: 5_000 });

it('creates a stock that active merchants bear, also one that leaves open which', async () => {
  expect((await create(half('bank', 'hq'), half('merchant', 'tea-house'))).status).toBe(201);
  expect((await create(half('third_party', 'far-shop'), half('merchant'))).status).toBe(201);
  expect(created).toHaveLength(2);
});

it.each([
  ['no-shop', 422, 'FUNDER_NOT_FOUND'],
  ['new-shop', 422, 'FUNDER_NOT_ACTIVE'],
  ['shut-shop', 422, 'FUNDER_NOT_ACTIVE'],
  ['far-shop', 403, 'ORG_OUT_OF_SCOPE'],
])('does not let %s bear a part', async (merchantId, status, reason) => {
  const reply = await create(half('merchant', 'tea-house'), half('merchant', merchantId));
  expect([reply.status, problemOf(reply).reason, created]).toEqual([status, reason, []]);
});

it.each([
  ['hq/nowhere', 404, 'ORG_UNIT_NOT_FOUND'],
  ['hq/void', 404, 'ORG_UNIT_NOT_FOUND'],
  ['The Bank', 404, 'ORG_UNIT_NOT_FOUND'],
  ['other', 403, 'ORG_OUT_OF_SCOPE'],
])('does not let a part of the bank bear a part that is called %s', async (orgPath, status, reason) => {
  const reply = await create(half('bank', 'hq/east'), half('bank', orgPath));
  expect([reply.status, problemOf(reply).reason, created]).toEqual([status, reason, []]);
});

it('does not let a name promise what is forbidden', async () => {
  const reply = await createNamed('保本红包', half('bank', 'hq'), half('third_party', 'x'));
  expect([reply.status, created]).toEqual([422, []]);
  expect(problemOf(reply)).toMatchObject({ reason: 'COPY_FORBIDDEN_PROMISE', violations: [{ field: 'name' }] });
});

it('tells a repeat what it created, though the word list or a merchant has changed meanwhile', async () => {
  isCreated = true;
  const shares = [half('bank', 'hq'), half('merchant', 'tea-house')];
  forbidden = 'Tea';
  expect((await create(...shares)).status).toBe(201);
  forbidden = '保本';
  STATES['tea-house'] = 'suspended';
  expect((await create(...shares)).status).toBe(201);
  // It was asked for nothing else.
  expect(created).toEqual([]);
});
