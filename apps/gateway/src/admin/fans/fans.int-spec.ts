import { Store } from '@tidegate/contracts/merchants/v1/merchants';
import { DomainError, notFound } from '@tidegate/errors';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: who follows a store is told to nobody but the organisation whose store it is.

const STORES: Record<string, { orgPath: string; outletPath: string }> = {
  'tea-house-1': { orgPath: 'hq/east', outletPath: 'hq/east/harbour/quay' },
  'book-shop-1': { orgPath: 'hq/east', outletPath: '' },
};
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answer('merchants.getStore', (request) => {
    const storeId = String(request.storeId);
    if (storeId === 'far-shop-1') {
      throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'ORG_OUT_OF_SCOPE', message: 'not yours' });
    }
    const known = STORES[storeId];
    if (!known) throw notFound('STORE_NOT_FOUND', 'There is no such store.');
    return { store: Store.fromPartial({ storeId, outletPath: known.outletPath }), orgPath: known.orgPath };
  });
});
afterAll(() => gateway?.stop());

const put = async (targetId: string, orgPath: string, kind = 'store'): Promise<Reply> => {
  const headers = {
    authorization: `Bearer ${await gateway.token()}`,
    'idempotency-key': `${targetId}-${orgPath}`,
    'content-type': 'application/json',
  };
  const body = JSON.stringify({ kind, targetId, name: 'Tea', orgPath, timeZone: 'Asia/Shanghai' });
  return send(gateway, { method: 'PUT', path: '/admin/v1/fan-targets', headers, body });
};
const putCount = (): number => gateway.services.calls.filter(({ rpc }) => rpc === 'fans.putFanTarget').length;

it.each([
  ['tea-house-1', 'hq/east'],
  ['tea-house-1', 'hq/east/harbour'],
  ['tea-house-1', 'hq/east/harbour/quay'],
  ['book-shop-1', 'hq/east'],
])('lets %s be followed in the name of %s', async (targetId, orgPath) => {
  expect((await put(targetId, orgPath)).status).toBe(200);
  expect(gateway.services.lastCall('fans.putFanTarget')?.request).toMatchObject({ target: { targetId, orgPath } });
});

it.each([
  ['tea-house-1', 'hq', 422, 'TARGET_NOT_OF_ORG'],
  ['tea-house-1', 'hq/west', 422, 'TARGET_NOT_OF_ORG'],
  ['tea-house-1', 'hq/east/garden', 422, 'TARGET_NOT_OF_ORG'],
  ['book-shop-1', 'hq/east/harbour', 422, 'TARGET_NOT_OF_ORG'],
  ['no-shop-1', 'hq', 404, 'STORE_NOT_FOUND'],
  ['far-shop-1', 'hq', 403, 'ORG_OUT_OF_SCOPE'],
])('does not let %s be followed in the name of %s', async (targetId, orgPath, status, reason) => {
  const before = putCount();
  const reply = await put(targetId, orgPath);
  expect([reply.status, problemOf(reply).reason, putCount()]).toEqual([status, reason, before]);
});

it('leaves an outlet to its path', async () => {
  expect((await put('hq/east/harbour', 'hq/east', 'outlet')).status).toBe(200);
});
