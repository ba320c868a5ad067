import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { send } from '../testing/gateway-caller';
import { operationsOf } from '../testing/operations';
import type { Schema } from '../testing/schema-sample';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';
import { AUDIENCES } from './audiences';

// Goal: each audience gets a valid OpenAPI 3.1 document that tells all there is, and a page that needs nothing from elsewhere.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());

interface Document {
  openapi: string;
  info: Record<string, unknown>;
  paths: Record<string, Record<string, { operationId: string }>>;
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, unknown> };
}

const get = (path: string) => send(gateway, { method: 'GET', path, headers: {} });
const document = async (name: string): Promise<Document> => (await get(`/openapi/${name}.json`)).body as Document;

const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => (key === '$ref' ? [String(child)] : refsIn(child)));
};

it.each(AUDIENCES.map(({ name }) => name))('describes the %s audience in OpenAPI 3.1', async (name) => {
  const { openapi, info, paths, components } = await document(name);
  expect(openapi).toBe('3.1.0');
  expect(info).toMatchObject({
    title: expect.any(String),
    version: expect.any(String),
    license: { name: 'Apache-2.0' },
  });
  expect(Object.keys(paths).every((path) => path.startsWith(`/${name}/v1`))).toBe(true);
  const ids = Object.values(paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
  for (const ref of refsIn(paths).concat(refsIn(components))) {
    expect(Object.keys(components.schemas)).toContain(ref.replace('#/components/schemas/', ''));
  }
  for (const schema of Object.values(components.schemas)) {
    // What 3.1 took away: nullable, and exclusive bounds that are booleans.
    expect(JSON.stringify(schema)).not.toMatch(/"nullable"|"exclusiveM\w+":(true|false)/);
    for (const property of Object.values(schema.properties ?? {})) {
      expect(property.type ?? property.$ref ?? property.allOf).toBeDefined();
    }
  }
});

it('says of every route who may call it, what it takes and gives, and how it refuses', () => {
  for (const operation of operationsOf(gateway.running)) {
    const { method, route, responses, requestSchema, responseSchema, parameters } = operation;
    const isWrite = method !== 'GET';
    const expected = [
      '400',
      '401',
      '403',
      '404',
      '429',
      '500',
      '503',
      '504',
      ...(isWrite ? ['409', '413', '415', '422'] : []),
    ];
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(expected));
    for (const status of expected) {
      const content = responses[status]?.content?.['application/problem+json'];
      expect(content?.schema).toEqual({ $ref: '#/components/schemas/ProblemDocument' });
    }
    expect(responseSchema).toBeDefined();
    expect(operation.security).toHaveLength(1);
    if (isWrite) expect(requestSchema).toBeDefined();
    const names = parameters.map(({ name, in: place }) => `${place} ${name}`);
    if (isWrite && !route.config.isKeyless) expect(names).toContain('header Idempotency-Key');
    for (const [, name] of route.url.matchAll(/:(\w+)/g)) expect(names).toContain(`path ${name}`);
  }
});

it('has a readme that names every route', () => {
  const readme = readFileSync(join(__dirname, '..', '..', 'README.md'), 'utf8');
  const named = [...readme.matchAll(/^\| `(\w+) ([^`]+)`/gm)].map(([, method, path]) => `${method} ${path}`);
  const routes = operationsOf(gateway.running).map(
    ({ method, route }) => `${method} ${route.url.replace(/^\/\w+\/v1/, '')}`,
  );
  expect(named.sort()).toEqual(routes.sort());
});

it('documents the bounds that it checks', async () => {
  const { components } = await document('admin');
  expect(components.schemas.StockBody).toMatchObject({
    required: expect.arrayContaining(['name', 'kind', 'faceValueMinor', 'costShares']) as string[],
    properties: {
      kind: {
        enum: [
          ...['red_packet', 'amount_discount', 'percent_discount', 'physical_gift'],
          ...['points', 'third_party_code', 'bundle'],
        ],
      },
      totalLimit: { type: 'integer', minimum: 1 },
      claimStartsAt: { format: 'date-time' },
    },
  });
  expect(components.schemas.StockBody!.required).not.toContain('stockId');
  expect(components.schemas.Stock!.properties).toHaveProperty('claimedCount');
});

/** The reasons that the contracts of a context name for a call. */
const contractOf = (context: string, names: readonly string[]): ((rpc: string) => string[]) => {
  const folder = join(__dirname, '../../../../proto/tidegate', context, 'v1');
  const contracts = names.map((name) => readFileSync(join(folder, `${name}.proto`), 'utf8')).join('');
  const reasonsOf = (rpc: string): string[] => {
    const [, comment = ''] = contracts.match(new RegExp(`((?:\\s*//[^\\n]*)+)\\s*rpc ${rpc}\\(`)) ?? [];
    const [, errors = ''] = comment.split('Errors:');
    const borrowed = errors.includes('those of ClaimBenefit') ? reasonsOf('ClaimBenefit') : [];
    return [...(errors.match(/\b[A-Z]+(_[A-Z]+)+\b/g) ?? []), ...borrowed];
  };
  return reasonsOf;
};
const shownReasons = (operation: unknown): string[] =>
  (operation as { 'x-problem-reasons'?: string[] } | undefined)?.['x-problem-reasons'] ?? [];

it('names every reason that the contract names for a wallet’s calls', async () => {
  const reasonsOf = contractOf('benefits', ['benefits', 'code_pools', 'exchange', 'shares']);
  const { paths } = await document('app');
  for (const [path, rpc] of [
    ['stocks/{stockId}/claims', 'ClaimBenefit'],
    ['share-links/{linkId}/claims', 'ClaimSharedBenefit'],
    ['wallet/{instanceId}/transfer', 'TransferBenefit'],
    ['wallet/{instanceId}/gifts', 'OfferGift'],
    ['gifts/{giftId}/accept', 'AcceptGift'],
    ['gifts/{giftId}/cancel', 'CancelGift'],
    ['wallet/{instanceId}/redemption-code', 'IssueRedemptionCode'],
    ['wallet/{instanceId}/code-seed', 'IssueCodeSeed'],
    ['wallet/{instanceId}/third-party-code', 'ShowCode'],
    ['exchange-offers/{offerId}/exchanges', 'Exchange'],
  ] as const) {
    const shown = shownReasons(paths[`/app/v1/${path}`]!.post);
    expect([rpc, reasonsOf(rpc).length > 0]).toEqual([rpc, true]);
    expect([rpc, shown]).toEqual([rpc, expect.arrayContaining(reasonsOf(rpc))]);
  }
});

it('names every reason that the contract names for a name list’s calls, and no other', async () => {
  const reasonsOf = contractOf('campaigns', ['campaigns', 'name_lists']);
  const { paths } = await document('admin');
  for (const [method, path, rpc] of [
    ['post', '', 'CreateNameList'],
    ['get', '/{listId}', 'GetNameList'],
    ['get', '/{listId}/members', 'ListNameListMembers'],
    ['get', '/{listId}/members.csv', 'ListNameListMembers'],
    ['get', '/{listId}/members/{customerId}', 'GetNameListMember'],
    ['put', '/{listId}/content', 'AppendNameListContent'],
    ['get', '/{listId}/errors', 'ListNameListErrors'],
    ['post', '/{listId}/dispatch', 'DispatchNameList'],
    ['post', '/{listId}/cancel', 'CancelNameList'],
    ['post', '/{listId}/split', 'SplitNameList'],
    ['get', '/{listId}/split', 'GetNameListSplit'],
    ['post', '/{listId}/hand-down', 'HandDownNameList'],
    ['post', '/{listId}/adjust', 'AdjustNameList'],
    ['get', '/{listId}/adjustments', 'ListNameListAdjustments'],
    ['post', '/{listId}/close', 'CloseNameList'],
  ] as const) {
    const shown = shownReasons(paths[`/admin/v1/name-lists${path}`]![method]);
    expect(reasonsOf(rpc)).not.toEqual([]);
    expect([rpc, [...shown].sort()]).toEqual([rpc, reasonsOf(rpc).sort()]);
  }
});

it('serves a page for each audience, its parts from here and nothing inline', async () => {
  expect((await get('/docs')).body).toContain('/docs/admin');
  for (const { name } of AUDIENCES) {
    const page = await get(`/docs/${name}`);
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    const html = String(page.body);
    expect(html).not.toMatch(/https?:|<script>/);
    const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    for (const part of parts) expect([part, (await get(part)).status]).toEqual([part, 200]);
    expect((await get(`/docs/${name}/start.js`)).body).toContain(`/openapi/${name}.json`);
  }
  for (const path of [
    '/docs/nobody',
    '/openapi/nobody.json',
    '/openapi/app.yaml',
    '/docs/assets/package.json',
    '/docs/assets/..%2fpackage.json',
  ]) {
    expect((await get(path)).status).toBe(404);
  }
});
