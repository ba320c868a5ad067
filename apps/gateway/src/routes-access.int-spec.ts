import { knowMerchant, rawRequest, send } from './testing/gateway-caller';
import { operationsOf, type Operation } from './testing/operations';
import { expectProblem, expectRefused, forEachRoute, isSigned, isWrite } from './testing/route-matrix';
import { startTestGateway, type TestGateway } from './testing/test-gateway';

// Goal: no route is open to whoever it is not for.

let gateway: TestGateway;
let operations: Operation[];

beforeAll(async () => {
  gateway = await startTestGateway();
  knowMerchant(gateway);
  operations = operationsOf(gateway.running);
});
afterAll(() => gateway?.stop());

it('serves a hundred routes and more, all of them documented', () => {
  const documented = operations.map(({ method, template }) => `${method} ${template}`);
  const served = gateway.running.routes.routes
    .filter(({ config }) => (config.access?.kinds.length ?? 0) > 0)
    .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, '{$1}')}`);
  expect(documented.sort()).toEqual(served.sort());
  expect(documented.length).toBeGreaterThan(100);
});

it('refuses whoever shows no token, a false token, or no signature', async () => {
  await forEachRoute(operations, async (operation) => {
    const { headers, ...request } = rawRequest(operation);
    expectProblem(
      await send(gateway, { ...request, headers }),
      401,
      isSigned(operation) ? 'SIGNATURE_MISSING' : 'TOKEN_MISSING',
    );
    const reply = await send(gateway, { ...request, headers: { ...headers, authorization: 'Bearer a.b.c' } });
    expectProblem(reply, 401, isSigned(operation) ? 'SIGNATURE_MISSING' : 'TOKEN_INVALID');
    expect(reply.headers.get('www-authenticate')).toMatch(/^Bearer/);
  });
});

it('refuses callers of another kind, and staff without the role', async () => {
  const staff = await gateway.token({ roles: ['gardener'] });
  const customer = await gateway.token({ kind: 'customer', roles: ['admin', 'agent', 'intake'], orgPath: '' });
  await forEachRoute(
    operations.filter((each) => !isSigned(each)),
    async (operation) => {
      const { headers, ...request } = rawRequest(operation);
      const as = (token: string) =>
        send(gateway, { ...request, headers: { ...headers, authorization: `Bearer ${token}` } });
      const isCustomers = operation.route.config.access?.kinds.includes('customer');
      expectProblem(await as(isCustomers ? staff : customer), 403, 'CALLER_KIND_NOT_ALLOWED');
      if (operation.route.config.access?.kinds.includes('staff')) expectProblem(await as(staff), 403, 'ROLE_MISSING');
    },
  );
});

it('refuses a write without a sound idempotency key', async () => {
  const writes = operations.filter((each) => isWrite(each) && !each.route.config.isKeyless);
  await expectRefused(gateway, writes, ({ headers }) => (headers['idempotency-key'] = undefined), [
    400,
    'IDEMPOTENCY_KEY_MISSING',
  ]);
  await expectRefused(gateway, writes, ({ headers }) => (headers['idempotency-key'] = 'k'.repeat(129)), [
    400,
    'IDEMPOTENCY_KEY_INVALID',
  ]);
  expect(operations.filter((each) => isWrite(each) && each.route.config.isKeyless).map(({ id }) => id)).toEqual([
    'OpenEvents.ingest',
  ]);
});
