import { connect } from 'node:net';
import { eventually } from '@tidegate/testing';
import { renderMetrics } from '@tidegate/observability';
import { problemOf, send } from '../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: also outside of routes every answer is a problem document, with the headers that protect and explain.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());

const get = (path: string, headers = {}) => send(gateway, { method: 'GET', path, headers });

it('says 404 and 405, with the methods there are', async () => {
  const missing = await get('/app/v1/nothing');
  expect(problemOf(missing)).toMatchObject({ status: 404, reason: 'ROUTE_NOT_FOUND' });
  const wrong = await send(gateway, { method: 'DELETE', path: '/admin/v1/actions/a-1', headers: {} });
  expect(problemOf(wrong)).toMatchObject({ status: 405, reason: 'METHOD_NOT_ALLOWED' });
  expect(wrong.headers.get('allow')?.split(', ').sort()).toEqual(['GET', 'PUT']);
  expect((await send(gateway, { method: 'HEAD', path: '/docs', headers: {} })).status).toBe(405);
});

it('refuses addresses and headers it cannot read', async () => {
  for (const path of ['/app/v1/wallet/%E0%A4%A', '/app/v1/%', '/app/v1/wallet/%FF']) {
    expect(problemOf(await get(path))).toMatchObject({ status: 400, reason: 'BAD_REQUEST' });
  }
  const raw = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const { hostname, port } = new URL(gateway.url);
      let answer = '';
      const socket = connect(Number(port), hostname, () => socket.write(text));
      socket.on('data', (chunk) => (answer += String(chunk)));
      socket.on('end', () => resolve(answer));
      socket.on('error', reject);
    });
  expect(await raw('NONSENSE\r\n\r\n')).toMatch(/^HTTP\/1.1 400 [\s\S]*problem\+json[\s\S]*"reason":"BAD_REQUEST"/);
  expect(await raw(`GET / HTTP/1.1\r\nhost: x\r\nbig: ${'x'.repeat(40_000)}\r\n\r\n`)).toMatch(/^HTTP\/1.1 4\d\d /);
});

it('protects pages and continues a trace', async () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const reply = await get('/docs', { traceparent: `00-${trace}-00f067aa0ba902b7-01` });
  expect(reply.headers.get('traceparent')).toMatch(new RegExp(`^00-${trace}-[0-9a-f]{16}-01$`));
  expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
  expect(reply.headers.get('strict-transport-security')).toContain('max-age');
  const malformed = await get('/nowhere', { traceparent: 'nonsense' });
  expect(problemOf(malformed).traceId).toMatch(/^[0-9a-f]{32}$/);
});

it('counts requests by the template of their route', async () => {
  const token = await gateway.token({ kind: 'customer', orgPath: '' });
  await get('/app/v1/wallet/one', { authorization: `Bearer ${token}` });
  await get('/app/v1/wallet/two');
  await eventually(async () => {
    const { body } = await renderMetrics();
    expect(body).toContain('http_server_seconds_count{route="/app/v1/wallet/:instanceId",status="200"}');
    expect(body).toContain('http_server_seconds_count{route="/app/v1/wallet/:instanceId",status="401"}');
    expect(body).not.toContain('wallet/one');
  });
});

it('lets a caller do so many requests in a second, whatever others do', async () => {
  const narrow = await startTestGateway({ rateLimitPerSecond: 5, anonymousRateLimitPerSecond: 3 });
  try {
    const token = (subject: string) => narrow.token({ kind: 'customer', orgPath: '', subject });
    const burst = async (bearer: string, count: number) => {
      const replies = await Promise.all(
        Array.from({ length: count }, () =>
          send(narrow, { method: 'GET', path: '/app/v1/wallet', headers: { authorization: `Bearer ${bearer}` } }),
        ),
      );
      return replies.filter(({ status }) => status === 429);
    };
    const limited = await burst(await token('c-1'), 30);
    expect(limited.length).toBeGreaterThanOrEqual(15);
    expect(problemOf(limited[0]!).reason).toBe('RATE_LIMITED');
    expect(limited[0]!.headers.get('retry-after')).toBe('1');
    expect(await burst(await token('c-2'), 5)).toEqual([]);
    // Failures count against the address.
    expect((await burst('a.b.c', 20)).length).toBeGreaterThanOrEqual(8);
  } finally {
    await narrow.stop();
  }
});
