import { createPrivateKey, randomBytes, sign, type KeyObject } from 'node:crypto';
import { httpbis } from 'http-message-signatures';
import { contentDigest } from '../signature/content-digest';

/** A request before it is signed. */
export interface MerchantRequest {
  method: string;
  /** Absolute; what the gateway sees as its own address. */
  url: string;
  /** An object is sent as JSON. */
  body?: string | object;
  /** Needed for every write. */
  idempotencyKey?: string;
}

/** With what, when and for how long it is signed. */
export interface SigningOptions {
  keyId: string;
  /** Ed25519, PEM (PKCS #8) or a key object. */
  privateKey: string | KeyObject;
  /** Now when left out. */
  createdAt?: Date;
  /** 300 when left out. */
  lifeSeconds?: number;
  /** Random when left out; the same nonce is refused the second time. */
  nonce?: string;
  /** What the signature covers; enough when left out. */
  components?: string[];
}

/** Ready for fetch(url, request). */
export interface SignedMerchantRequest {
  method: string;
  headers: Record<string, string>;
  body?: string;
}

const LIFE_SECONDS = 300;

/** Signs a request as docs/merchant-signing.md says. Source: RFC 9421, RFC 9530. */
export async function signMerchantRequest(
  request: MerchantRequest,
  options: SigningOptions,
): Promise<SignedMerchantRequest> {
  const { method, idempotencyKey } = request;
  const url = new URL(request.url).href;
  const isWrite = method !== 'GET';
  const body =
    request.body === undefined || typeof request.body === 'string' ? request.body : JSON.stringify(request.body);
  const headers: Record<string, string> = {
    ...(body !== undefined && { 'content-type': 'application/json' }),
    ...(isWrite && { 'content-digest': contentDigest(Buffer.from(body ?? '')) }),
    ...(idempotencyKey !== undefined && { 'idempotency-key': idempotencyKey }),
  };
  const created = options.createdAt ?? new Date();
  const expires = new Date(created.getTime() + (options.lifeSeconds ?? LIFE_SECONDS) * 1000);
  const nonce = options.nonce ?? randomBytes(16).toString('base64url');
  const written = isWrite ? ['content-digest', ...(idempotencyKey === undefined ? [] : ['idempotency-key'])] : [];
  const signed = await httpbis.signMessage(
    {
      key: { id: options.keyId, alg: 'ed25519', sign: async (data) => sign(null, data, toKey(options.privateKey)) },
      name: 'tidegate',
      fields: options.components ?? ['@method', '@target-uri', ...written],
      params: ['created', 'expires', 'nonce', 'keyid', 'alg'],
      paramValues: { created, expires, nonce },
    },
    { method, url, headers },
  );
  return { method, headers: signed.headers as Record<string, string>, ...(body !== undefined && { body }) };
}

/** Signs and sends. */
export async function fetchSigned(request: MerchantRequest, options: SigningOptions): Promise<Response> {
  return fetch(request.url, await signMerchantRequest(request, options));
}

const toKey = (key: string | KeyObject): KeyObject => (typeof key === 'string' ? createPrivateKey(key) : key);
