import { SettlementBatch } from '@tidegate/contracts/merchants/v1/merchants';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { MerchantChanged, MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { DomainError } from '@tidegate/errors';
import { event, subjectOfType, type EventType } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { eventually } from '@tidegate/testing';
import {
  KEY_ID,
  knowMerchant,
  MERCHANT_ID,
  privateKey,
  problemOf,
  publicKeyPem,
  send,
  type Reply,
} from '../testing/gateway-caller';
import { signMerchantRequest, type MerchantRequest, type SigningOptions } from '../testing/sign-merchant-request';
import { startTestGateway, type TestGateway } from '../testing/test-gateway';

// Goal: only a merchant's own request, just signed, unchanged and sent once, gets through.

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway?.stop());
beforeEach(() => knowMerchant(gateway));

const BODY = { code: '1234', storeId: 's-1', clerkId: 'k-1', orderAmountMinor: 5_000 };
const aRedemption = (): MerchantRequest => ({
  method: 'POST',
  url: `${gateway.url}/merchant/v1/redemptions`,
  body: BODY,
  idempotencyKey: randomUUID(),
});
const options = (overrides: Partial<SigningOptions> = {}): SigningOptions => ({
  keyId: KEY_ID,
  privateKey,
  ...overrides,
});

type Change = (headers: Record<string, string>) => { path?: string; method?: string; body?: string } | void;

async function redeem(overrides: Partial<SigningOptions> = {}, change: Change = () => undefined): Promise<Reply> {
  const { method, headers, body } = await signMerchantRequest(aRedemption(), options(overrides));
  const changed = change(headers) ?? {};
  return send(gateway, { method, path: '/merchant/v1/redemptions', headers, body, ...changed });
}

it('lets a signed request through as the key’s merchant', async () => {
  const reply = await redeem();
  expect(reply.status).toBe(201);
  const call = gateway.services.lastCall('merchants.redeemAtStore');
  expect(call).toMatchObject({
    request: { ...BODY, merchantId: MERCHANT_ID },
    actor: { id: MERCHANT_ID, kind: 'merchant' },
  });
  const registered = gateway.services.lastCall('merchants.registerSignature');
  expect(registered).toMatchObject({ request: { keyId: KEY_ID }, actor: { kind: 'service', id: 'gateway' } });
});

it('takes @path and @query in the place of @target-uri', async () => {
  const components = ['@method', '@path', '@query', '@authority', 'content-digest', 'idempotency-key'];
  expect((await redeem({ components })).status).toBe(201);
});

const altered: [string, Change][] = [
  ['body', () => ({ body: JSON.stringify({ ...BODY, orderAmountMinor: 1 }) })],
  ['query', () => ({ path: '/merchant/v1/redemptions?x=1' })],
  ['path', () => ({ path: '/merchant/v1/holds' })],
  ['idempotency key', (headers) => void (headers['idempotency-key'] = 'another')],
  ['digest', (headers) => void (headers['content-digest'] = 'sha-256=:AAAA:')],
  ['key id', (headers) => void (headers['Signature-Input'] = headers['Signature-Input']!.replace(KEY_ID, 'key-2'))],
  [
    'expiry',
    (headers) => void (headers['Signature-Input'] = headers['Signature-Input']!.replace(/expires=(\d)/, 'expires=9$1')),
  ],
];

it.each(altered)('refuses a request whose %s was altered', async (_what, change) => {
  const reply = await redeem({}, change);
  expect(reply.status).toBe(401);
  expect(problemOf(reply).reason).toMatch(/^(SIGNATURE_INVALID|DIGEST_MISMATCH|SIGNATURE_PARAMETERS_INVALID)$/);
  expect(gateway.services.lastCall('merchants.redeemAtStore')?.request).not.toMatchObject({ orderAmountMinor: 1 });
});

const ago = (seconds: number) => new Date(Date.now() - seconds * 1000);
const refused: [string, Partial<SigningOptions>, string][] = [
  ['stale', { createdAt: ago(302), lifeSeconds: 3_600 }, 'SIGNATURE_STALE'],
  ['expired', { createdAt: ago(20), lifeSeconds: 10 }, 'SIGNATURE_STALE'],
  ['from the future', { createdAt: ago(-3_600) }, 'SIGNATURE_FROM_FUTURE'],
  ['of a short nonce', { nonce: 'short' }, 'SIGNATURE_PARAMETERS_INVALID'],
  ['of another key', { privateKey: generateKeyPairSync('ed25519').privateKey }, 'SIGNATURE_INVALID'],
  ['without the digest', { components: ['@method', '@target-uri', 'idempotency-key'] }, 'SIGNATURE_COVERS_TOO_LITTLE'],
  [
    'without the method',
    { components: ['@target-uri', 'content-digest', 'idempotency-key'] },
    'SIGNATURE_COVERS_TOO_LITTLE',
  ],
  [
    'without the query',
    { components: ['@method', '@path', 'content-digest', 'idempotency-key'] },
    'SIGNATURE_COVERS_TOO_LITTLE',
  ],
  [
    'without the idempotency key',
    { components: ['@method', '@target-uri', 'content-digest'] },
    'SIGNATURE_COVERS_TOO_LITTLE',
  ],
  [
    'of a component twice',
    { components: ['@method', '@method', '@target-uri', 'content-digest', 'idempotency-key'] },
    'SIGNATURE_INVALID',
  ],
];

it.each(refused)('refuses a signature that is %s', async (_what, overrides, reason) => {
  const reply = await redeem(overrides);
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({ status: 401, reason });
});

it('refuses what cannot be read as a signature', async () => {
  for (const input of [
    'sig',
    'tidegate=1',
    'tidegate=("@method");created=x',
    '"',
    'tidegate=("@method" "no-such-header");created=1',
  ]) {
    const reply = await redeem({}, (headers) => void (headers['Signature-Input'] = input));
    expect(reply.status).toBe(401);
  }
  const two = await redeem({}, (headers) => {
    headers['Signature-Input'] =
      `${headers['Signature-Input']}, ${headers['Signature-Input']!.replace('tidegate', 'other')}`;
    headers['Signature'] = `${headers['Signature']}, ${headers['Signature']!.replace('tidegate', 'other')}`;
  });
  expect(problemOf(two).reason).toBe('SIGNATURE_INVALID');
  const unsigned = await redeem({}, (headers) => void delete headers['Signature']);
  expect(problemOf(unsigned).reason).toBe('SIGNATURE_MISSING');
});

it('refuses a replay', async () => {
  const seen = new Set<unknown>();
  gateway.services.answer('merchants.registerSignature', ({ nonce }) => {
    if (seen.has(nonce))
      throw new DomainError({ code: 'ALREADY_EXISTS', reason: 'SIGNATURE_REPLAYED', message: 'seen' });
    seen.add(nonce);
    return {};
  });
  const nonce = randomUUID();
  expect((await redeem({ nonce })).status).toBe(201);
  const reply = await redeem({ nonce });
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({
    status: 401,
    reason: 'SIGNATURE_REPLAYED',
  });
});

const keyAnswers: [string, () => unknown, number, string][] = [
  [
    'unknown',
    () => {
      throw new DomainError({ code: 'NOT_FOUND', reason: 'KEY_NOT_FOUND', message: 'none' });
    },
    401,
    'SIGNATURE_KEY_UNKNOWN',
  ],
  [
    'revoked',
    () => ({ key: { keyId: 'k', merchantId: MERCHANT_ID, publicKeyPem, isRevoked: true } }),
    401,
    'SIGNATURE_KEY_UNKNOWN',
  ],
  [
    'of a suspended merchant',
    () => {
      throw new DomainError({ code: 'FAILED_PRECONDITION', reason: 'MERCHANT_SUSPENDED', message: 'no' });
    },
    403,
    'MERCHANT_SUSPENDED',
  ],
  [
    'out of reach',
    () => {
      throw new DomainError({ code: 'UNAVAILABLE', reason: 'PEER_UNAVAILABLE', message: 'no' });
    },
    503,
    'PEER_UNAVAILABLE',
  ],
];

it.each(keyAnswers)('refuses a key that is %s', async (what, answer, status, reason) => {
  gateway.services.answer('merchants.getMerchantKey', answer);
  const reply = await redeem({ keyId: `key-${what.replaceAll(' ', '-')}` });
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({ status, reason });
});

it('refuses a key as soon as its revocation is told, and all of a merchant’s when it is suspended', async () => {
  const refuse = (reason: string) => () => {
    throw new DomainError({
      code: reason === 'KEY_NOT_FOUND' ? 'NOT_FOUND' : 'FAILED_PRECONDITION',
      reason,
      message: 'no',
    });
  };
  const tell = (type: EventType<object>, subject: string, data: object) =>
    gateway.bus.connection.publish(
      gateway.bus.subject(subjectOfType(type.$type)),
      JSON.stringify([event(type, subject, data)]),
    );
  // What is known of a key never gets old, so that only the news can change it.
  const clock = jest.spyOn(Clock.prototype, 'now').mockReturnValue(new Date());
  try {
    expect((await redeem()).status).toBe(201);
    gateway.services.answer('merchants.getMerchantKey', refuse('KEY_NOT_FOUND'));
    expect((await redeem()).status).toBe(201);
    const change = MerchantKeyChanged.fromPartial({ keyId: KEY_ID, merchantId: MERCHANT_ID });
    tell(MerchantKeyChanged as EventType<object>, KEY_ID, change);
    await eventually(async () => expect((await redeem()).status).toBe(401));

    knowMerchant(gateway);
    expect((await redeem()).status).toBe(201);
    gateway.services.answer('merchants.getMerchantKey', refuse('MERCHANT_SUSPENDED'));
    expect((await redeem()).status).toBe(201);
    const merchant = { merchantId: MERCHANT_ID, state: 'suspended' };
    tell(MerchantChanged as EventType<object>, MERCHANT_ID, MerchantChanged.fromPartial({ merchant }));
    await eventually(async () => expect((await redeem()).status).toBe(403));
  } finally {
    clock.mockRestore();
  }
});

it('shows a merchant no other merchant’s statement', async () => {
  const batch = SettlementBatch.fromPartial({ batchId: 'b-1', merchantId: 'merchant-2', businessDate: '2026-03-01' });
  gateway.services.answer('merchants.getStatement', () => ({ batch }));
  const path = '/merchant/v1/settlement-batches/b-1/statement';
  const { method, headers } = await signMerchantRequest({ method: 'GET', url: `${gateway.url}${path}` }, options());
  const reply = await send(gateway, { method, path, headers });
  expect({ status: reply.status, reason: problemOf(reply).reason }).toEqual({ status: 404, reason: 'BATCH_NOT_FOUND' });
});
