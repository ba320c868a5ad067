import { createHash, createPrivateKey, randomUUID, sign } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import type { Credentials } from './gateway-client';

/** A merchant's own key for signing requests. */
export interface SigningKey {
  keyId: string;
  privateKeyPem: string;
}

const LIFETIME_MS = 120_000;

/** Signs every request anew, so that an attempt again is no replay. Source: RFC 9421, RFC 9530. */
export function signedBy({ keyId, privateKeyPem }: SigningKey): Credentials {
  const privateKey = createPrivateKey(privateKeyPem);
  const key = { id: keyId, alg: 'ed25519', sign: async (data: Buffer) => sign(null, data, privateKey) };
  return async ({ method, url, body, headers }) => {
    const digest = body && `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
    const covered = { ...headers, ...(digest && { 'content-digest': digest }) };
    const fields = ['@method', '@target-uri', 'content-digest', 'idempotency-key'].filter(
      (field) => field.startsWith('@') || field in covered,
    );
    const created = new Date();
    const expires = new Date(created.getTime() + LIFETIME_MS);
    const settings = {
      key,
      name: 'merchant',
      fields,
      params: ['created', 'expires', 'nonce', 'keyid', 'alg'],
      paramValues: { created, expires, nonce: randomUUID() },
    };
    const signed = await httpbis.signMessage(settings, { method, url, headers: { ...covered } });
    return signed.headers as Record<string, string>;
  };
}
