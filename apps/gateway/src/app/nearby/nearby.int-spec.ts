import { Stock } from '@tidegate/contracts/benefits/v1/benefits';
import { FindNearbyStoresResponse } from '@tidegate/contracts/merchants/v1/nearby';
import { notFound } from '@tidegate/errors';
import { problemOf, send, type Reply } from '../../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../../testing/test-gateway';

// Goal: a holder is told where his benefit may be used, and a gift picked up.

const SCOPE = { merchantIds: ['tea'], storeIds: ['tea-1', 'tea-2'], outletPaths: ['hq/east'] };
const STOCKS: Record<string, Stock> = {
  umbrella: Stock.fromPartial({ stockId: 'umbrella', kind: 'physical_gift', timeZone: 'Asia/Shanghai', ...SCOPE }),
  evening: Stock.fromPartial({ stockId: 'evening', kind: 'bundle', bundleStockIds: ['film', 'umbrella'] }),
  film: Stock.fromPartial({ stockId: 'film', kind: 'third_party_code' }),
  dots: Stock.fromPartial({ stockId: 'dots', kind: 'points' }),
};
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  gateway.services.answer('benefits.getStock', ({ stockId }) => {
    const stock = STOCKS[String(stockId)];
    if (!stock) throw notFound('STOCK_NOT_FOUND', 'There is no such stock.');
    return { stock };
  });
  const answer = FindNearbyStoresResponse.fromPartial({ stores: [{ store: { storeId: 'tea-1' } }] });
  gateway.services.answer('nearby.findNearbyStores', () => answer);
});
afterAll(() => gateway?.stop());

const get = async (path: string): Promise<Reply> => {
  const authorization = `Bearer ${await gateway.token({ kind: 'customer', subject: 'c-1', roles: [] })}`;
  return send(gateway, { method: 'GET', path: `/app/v1/${path}`, headers: { authorization } });
};
const near = (query: string): Promise<Reply> => get(`nearby/stores?longitude=121&latitude=31${query}`);
const asked = () => gateway.services.lastCall('nearby.findNearbyStores')?.request;

it('looks for the stores of a stock, and for all without one', async () => {
  const reply = await near('&stockId=umbrella&radiusMeters=500');
  expect(reply).toMatchObject({ status: 200, body: { stores: [{ store: { storeId: 'tea-1' } }] } });
  expect(asked()).toMatchObject({ longitude: 121, latitude: 31, radiusMeters: 500, ...SCOPE });
  await near('');
  expect(asked()).toMatchObject({ longitude: 121, merchantIds: [], storeIds: [], outletPaths: [] });
});

it.each(['evening', 'film', 'dots'])('finds no store for %s, which no till redeems', async (stockId) => {
  const before = gateway.services.calls.length;
  expect(await near(`&stockId=${stockId}`)).toMatchObject({ status: 200, body: { stores: [], nextPageToken: '' } });
  expect(gateway.services.calls.slice(before).map(({ rpc }) => rpc)).not.toContain('nearby.findNearbyStores');
});

it('refuses a stock there is not', async () => {
  const reply = await near('&stockId=nothing');
  expect([reply.status, problemOf(reply).reason]).toEqual([404, 'STOCK_NOT_FOUND']);
});

it('shows with what can be claimed where it may be used, and what a bundle opens into', async () => {
  expect(await get('stocks/umbrella')).toMatchObject({ body: { stock: { ...SCOPE, timeZone: 'Asia/Shanghai' } } });
  expect(await get('stocks/evening')).toMatchObject({ body: { stock: { bundleStockIds: ['film', 'umbrella'] } } });
});
