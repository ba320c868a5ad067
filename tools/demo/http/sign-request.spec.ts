import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { signedBy } from './sign-request';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const key = { keyId: 'shop-1', privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() };
const url = 'http://127.0.0.1:8080/merchant/v1/redemptions';
const call = {
  method: 'POST',
  url,
  body: Buffer.from('{"code":"c"}'),
  headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
};

const isGenuine = (headers: Record<string, string>, method = 'POST'): Promise<boolean | null> =>
  httpbis.verifyMessage(
    {
      keyLookup: async () => ({
        algs: ['ed25519'],
        verify: async (data, signature) =>
          verify(null, data, createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })), signature),
      }),
      requiredFields: ['@method', '@target-uri', 'content-digest', 'idempotency-key'],
      requiredParams: ['created', 'expires', 'nonce', 'keyid'],
    },
    { method, url, headers },
  );

describe('a merchant’s signature', () => {
  it('covers the request with its body and its key', async () => {
    const headers = await signedBy(key)(call);
    expect(await isGenuine(headers)).toBe(true);
    expect(await isGenuine(headers, 'PUT')).toBe(false);
    expect(await isGenuine({ ...headers, 'idempotency-key': 'other' })).toBe(false);
    expect(headers['content-digest']).toMatch(/^sha-256=:/);
  });

  it('is made anew for every attempt', async () => {
    const [one, other] = [await signedBy(key)(call), await signedBy(key)(call)];
    expect(one['Signature-Input']).toContain('nonce=');
    expect(one['Signature-Input']).not.toBe(other['Signature-Input']);
  });
});
