import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeClock } from '@tidegate/testing';
import { SignJWT, type JWK } from 'jose';
import { DevIssuer } from './dev-issuer';
import { TokenVerifier } from './token-verifier';

// Goal: a token counts when a trusted issuer signed it for this platform and it is in time, and not otherwise.

const clock = new FakeClock(new Date('2026-03-02T00:00:00Z'));
const nowS = clock.now().getTime() / 1000;
const bank = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ISSUER = 'https://login.bank.example';
let server: Server;
let asked = 0;
let isDown = false;

const config = () => ({
  issuer: ISSUER,
  audience: 'tidegate-api',
  jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
});

beforeAll((done) => {
  const key = { ...bank.publicKey.export({ format: 'jwk' }), kid: 'k-1', alg: 'ES256', use: 'sig' };
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(isDown ? 500 : 200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [key] }));
  }).listen(0, '127.0.0.1', done);
});
afterAll((done) => void server.close(done));

interface Made {
  claims?: object;
  key?: KeyObject | Uint8Array;
  alg?: string;
  issuer?: string;
  audience?: string;
  expiresS?: number;
}

const make = ({
  claims = {},
  key = bank.privateKey,
  alg = 'ES256',
  issuer = ISSUER,
  audience = 'tidegate-api',
  expiresS = nowS + 60,
}: Made = {}) =>
  new SignJWT({ kind: 'staff', roles: ['admin'], org: 'hq', ...claims })
    .setProtectedHeader({ alg, kid: 'k-1' })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject('s-1')
    .setExpirationTime(expiresS)
    .sign(key);

it('takes a token of the bank’s identity provider, and asks for its keys once', async () => {
  const verifier = await TokenVerifier.create(clock, config(), undefined);
  const before = asked;
  const holder = await verifier.verify(await make());
  expect(holder.actor).toEqual({ id: 's-1', kind: 'staff', roles: ['admin'], orgPath: 'hq' });
  await verifier.verify(await make({ claims: { roles: [] } }));
  expect(asked - before).toBe(1);
});

const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify({ iss: ISSUER, sub: 's', exp: nowS + 60 })).toString('base64url')}.`;
const refusals: [string, () => Promise<string>, string][] = [
  ['another key', () => make({ key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey }), 'TOKEN_INVALID'],
  ['a shared secret', () => make({ alg: 'HS256', key: Buffer.alloc(32, 7) }), 'TOKEN_INVALID'],
  ['no signature', () => Promise.resolve(unsigned), 'TOKEN_INVALID'],
  ['another issuer', () => make({ issuer: 'https://evil.example' }), 'TOKEN_INVALID'],
  ['the development issuer', () => make({ issuer: 'tidegate-dev' }), 'TOKEN_INVALID'],
  ['another audience', () => make({ audience: 'another' }), 'TOKEN_INVALID'],
  ['an end that is past', () => make({ expiresS: nowS - 120 }), 'TOKEN_EXPIRED'],
  ['claims that say nothing', () => make({ claims: { kind: 'king' } }), 'TOKEN_CLAIMS_INVALID'],
  ['nonsense', () => Promise.resolve('a.b.c'), 'TOKEN_INVALID'],
];

it.each(refusals)('refuses a token of %s', async (_what, token, reason) => {
  const verifier = await TokenVerifier.create(clock, config(), undefined);
  await expect(verifier.verify(await token())).rejects.toMatchObject({ code: 'UNAUTHENTICATED', reason });
});

it('says that the issuer is out of reach, not that the token is false', async () => {
  isDown = true;
  const verifier = await TokenVerifier.create(clock, config(), undefined);
  const reason = { code: 'UNAVAILABLE', reason: 'TOKEN_ISSUER_UNAVAILABLE' };
  await expect(verifier.verify(await make())).rejects.toMatchObject(reason);
  isDown = false;
});

it('takes a token of an issuer whose clock is two minutes ahead or behind', async () => {
  const verifier = await TokenVerifier.create(clock, config(), undefined);
  for (const claims of [{ nbf: nowS + 120, iat: nowS + 120 }, {}]) {
    await expect(verifier.verify(await make({ expiresS: nowS - 119, claims }))).resolves.toBeDefined();
  }
});

it('forgets a token when it has ended', async () => {
  const moving = new FakeClock(clock.now());
  const verifier = await TokenVerifier.create(moving, config(), undefined);
  const token = await make({ expiresS: nowS + 10 });
  await verifier.verify(token);
  moving.advance(131_000);
  await expect(verifier.verify(token)).rejects.toMatchObject({ reason: 'TOKEN_EXPIRED' });
});

it('takes a token of the development issuer, whatever its key’s algorithm', async () => {
  const keys: [string, KeyObject][] = [
    ['EdDSA', generateKeyPairSync('ed25519').privateKey],
    ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey],
  ];
  for (const [alg, key] of keys) {
    const issuer = await DevIssuer.create({ ...key.export({ format: 'jwk' }), alg, kid: alg } as JWK);
    const verifier = await TokenVerifier.create(clock, undefined, issuer);
    const wish = { subject: 'c-1', kind: 'customer', roles: [], orgPath: '', ttlSeconds: 60 };
    const { token, expiresAt } = await issuer.issue(wish, clock.now());
    expect(await verifier.verify(token)).toEqual({
      actor: { id: 'c-1', kind: 'customer', roles: [], orgPath: '' },
      expiresAt,
    });
    expect(issuer.publicJwk).not.toHaveProperty('d');
  }
});

it('makes no issuer of a key that cannot sign', async () => {
  const jwk = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  await expect(DevIssuer.create({ ...jwk, alg: 'EdDSA' } as JWK)).rejects.toThrow('private JWK');
});
