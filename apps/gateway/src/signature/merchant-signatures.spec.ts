import { generateKeyPairSync } from 'node:crypto';
import { FakeClock } from '@tidegate/testing';
import type { SignatureParameters } from 'http-message-signatures';
import type { Peers } from '../peers/peers';
import { signMerchantRequest } from '../testing/sign-merchant-request';
import { CoveredComponents } from './covered-components';
import { MerchantKeys } from './merchant-keys';
import { MerchantSignatures } from './merchant-signatures';
import { checkParameters } from './signature-parameters';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const publicKeyPem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

function merchants() {
  const asked: string[] = [];
  const registered: { nonce: string; expiresAt: Date }[] = [];
  const merchantsClient = {
    getMerchantKey: async ({ keyId }: { keyId: string }) => {
      asked.push(keyId);
      return {
        key: { keyId, merchantId: 'm-1', publicKeyPem, isRevoked: false },
        merchant: { merchantId: 'm-1', state: 'active' },
      };
    },
    registerSignature: async (request: { nonce: string; expiresAt: Date }) => void registered.push(request),
  };
  return { asked, registered, peers: { merchants: merchantsClient } as unknown as Peers };
}

const url = 'https://api.bank.example/merchant/v1/holds?a=1';
const sign = (clock: FakeClock, overrides = {}) =>
  signMerchantRequest(
    { method: 'POST', url, body: { x: 1 }, idempotencyKey: 'k-1' },
    { keyId: 'key-1', privateKey, createdAt: clock.now(), ...overrides },
  );

it('remembers a nonce until its signature would be refused anyway', async () => {
  const clock = new FakeClock(new Date());
  const { registered, peers } = merchants();
  const signatures = new MerchantSignatures(new MerchantKeys(peers, clock), peers, clock);
  for (const lifeSeconds of [30, 3_600]) {
    const { method, headers: sent, body } = await sign(clock, { lifeSeconds });
    const headers = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name.toLowerCase(), value]));
    const actor = await signatures.verify({ method, targetUri: url, headers, body: Buffer.from(body ?? '') });
    expect(actor).toEqual({ id: 'm-1', kind: 'merchant', roles: [], orgPath: '' });
  }
  const created = Math.floor(clock.now().getTime() / 1000);
  expect(registered.map(({ expiresAt }) => expiresAt.getTime() / 1000 - created)).toEqual([150, 420]);
});

it('asks for a key again after five seconds', async () => {
  const clock = new FakeClock(new Date());
  const { asked, peers } = merchants();
  const keys = new MerchantKeys(peers, clock);
  await keys.get('key-1');
  clock.advance(4_999);
  await keys.get('key-1');
  expect(asked).toEqual(['key-1']);
  clock.advance(1);
  await keys.get('key-1');
  expect(asked).toEqual(['key-1', 'key-1']);
});

it('accepts no key of another algorithm', async () => {
  const clock = new FakeClock();
  const { peers } = merchants();
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    .publicKey.export({ type: 'spki', format: 'pem' })
    .toString();
  const key = { keyId: 'key-1', merchantId: 'm-1', publicKeyPem: rsa, isRevoked: false };
  Object.assign(peers.merchants, { getMerchantKey: async () => ({ key }) });
  await expect(new MerchantKeys(peers, clock).get('key-1')).rejects.toMatchObject({ reason: 'SIGNATURE_KEY_UNKNOWN' });
});

describe('parameters', () => {
  const now = new Date('2026-03-02T00:00:00Z');
  const at = (seconds: number) => new Date(now.getTime() + seconds * 1000);
  const sound = { created: now, expires: now.getTime() / 1000 + 60, nonce: 'nonce-12345', keyid: 'key-1' };
  const check = (overrides: object) =>
    checkParameters({ ...sound, ...overrides } as unknown as SignatureParameters, now);

  it('are good from a minute before to five minutes after the signature was made', () => {
    const long = { expires: at(9_999).getTime() / 1000 };
    expect(check({ created: at(120) })).toMatchObject({ keyId: 'key-1', nonce: 'nonce-12345' });
    expect(check({ created: at(-300), ...long }).acceptableUntil).toEqual(now);
    expect(() => check({ created: at(121) })).toThrow(expect.objectContaining({ reason: 'SIGNATURE_FROM_FUTURE' }));
    expect(() => check({ created: at(-301), ...long })).toThrow(expect.objectContaining({ reason: 'SIGNATURE_STALE' }));
    expect(() => check({ expires: at(-1).getTime() / 1000 })).toThrow(
      expect.objectContaining({ reason: 'SIGNATURE_STALE' }),
    );
  });

  it.each([
    { created: undefined },
    { created: new Date(Number.NaN) },
    { created: at(0.5) },
    { expires: undefined },
    { expires: 'soon' },
    { expires: now },
    { nonce: undefined },
    { nonce: 'short' },
    { nonce: 'with space' },
    { keyid: undefined },
    { keyid: 'a\nb' },
    { keyid: '' },
    { alg: 'hmac-sha256' },
  ])('must be whole: %p', (overrides) => {
    expect(() => check(overrides)).toThrow(expect.objectContaining({ reason: 'SIGNATURE_PARAMETERS_INVALID' }));
  });
});

describe('components', () => {
  const request = {
    method: 'POST',
    targetUri: 'https://h.example:8443/a%20b/?q=%2F',
    headers: { 'x-a': ' one ', 'x-b': ['1', '2'] },
    hasBody: true,
  };
  const resolve = (name: string) => new CoveredComponents(request).resolve(name, new Map())[0];

  // Source: RFC 9421, section 2.2.
  it.each([
    ['@method', 'POST'],
    ['@target-uri', 'https://h.example:8443/a%20b/?q=%2F'],
    ['@authority', 'h.example:8443'],
    ['@path', '/a%20b/'],
    ['@query', '?q=%2F'],
    ['x-a', 'one'],
    ['x-b', '1, 2'],
  ])('reads %s', (name, value) => expect(resolve(name)).toBe(value));

  it('reads an address without path or query as the standard says', () => {
    const bare = new CoveredComponents({ ...request, targetUri: 'https://h.example' });
    expect([bare.resolve('@path', new Map())[0], bare.resolve('@query', new Map())[0]]).toEqual(['/', '?']);
  });

  it('refuses what it does not offer', () => {
    for (const name of ['@status', '@request-target', '@query-param', 'x-missing'])
      expect(() => resolve(name)).toThrow();
    const components = new CoveredComponents(request);
    expect(() => components.resolve('x-a', new Map([['bs', true]]))).toThrow();
  });
});
