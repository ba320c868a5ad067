import { decodeProtectedHeader } from 'jose';
import { problemOf, send } from '../testing/gateway-caller';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: development gets tokens for the asking, production has no such route.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());

const ask = (on: TestGateway, body: object) =>
  send(on, {
    method: 'POST',
    path: '/dev/tokens',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const wallet = (token: string) =>
  send(gateway, { method: 'GET', path: '/app/v1/wallet', headers: { authorization: `Bearer ${token}` } });

it('issues tokens that open what they say, and publishes the key', async () => {
  const reply = await ask(gateway, { subject: 'c-7', kind: 'customer', ttlSeconds: 60 });
  const { token, expiresAt } = reply.body as { token: string; expiresAt: string };
  expect(reply.status).toBe(201);
  expect(new Date(expiresAt).getTime()).toBeGreaterThan(Date.now());
  expect((await wallet(token)).status).toBe(200);
  expect(gateway.services.lastCall('benefits.listWallet')).toMatchObject({
    request: { customerId: 'c-7' },
    actor: { id: 'c-7', kind: 'customer' },
  });
  const { keys } = (await send(gateway, { method: 'GET', path: '/.well-known/jwks.json', headers: {} })).body as {
    keys: Record<string, string>[];
  };
  expect(keys).toHaveLength(1);
  expect(keys[0]).toMatchObject({ kty: 'OKP', alg: 'EdDSA', kid: decodeProtectedHeader(token).kid });
  expect(keys[0]).not.toHaveProperty('d');
});

it('refuses senseless wishes', async () => {
  for (const body of [
    {},
    { subject: 'x', kind: 'merchant' },
    { subject: 'x', kind: 'staff', ttlSeconds: 0 },
    { subject: 'x', kind: 'staff', admin: true },
  ]) {
    expect(problemOf(await ask(gateway, body))).toMatchObject({ status: 400, reason: 'VALIDATION_FAILED' });
  }
  const staffWithoutOrg = (await ask(gateway, { subject: 's', kind: 'staff', roles: ['admin'] })).body as {
    token: string;
  };
  expect(problemOf(await wallet(staffWithoutOrg.token))).toMatchObject({ status: 401, reason: 'TOKEN_CLAIMS_INVALID' });
});

it('does not exist in production', async () => {
  const production = await startTestGateway({ isProduction: true, devSigningKey: undefined });
  try {
    for (const [method, path] of [
      ['POST', '/dev/tokens'],
      ['GET', '/.well-known/jwks.json'],
    ] as const) {
      expect(problemOf(await send(production, { method, path, headers: {} })).reason).toBe('ROUTE_NOT_FOUND');
    }
    const token = await production.token({ kind: 'customer', orgPath: '' });
    const reply = await send(production, {
      method: 'GET',
      path: '/app/v1/wallet',
      headers: { authorization: `Bearer ${token}` },
    });
    expect(problemOf(reply)).toMatchObject({ status: 401, reason: 'TOKEN_INVALID' });
  } finally {
    await production.stop();
  }
});
