import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { validRequest, callerOf, type Operation } from './operations';
import { signMerchantRequest } from './sign-merchant-request';
import type { TestGateway } from './test-gateway';

export const MERCHANT_ID = 'merchant-1';
export const KEY_ID = 'key-1';
const keys = generateKeyPairSync('ed25519');
export const { privateKey } = keys;
export const publicKeyPem = keys.publicKey.export({ type: 'spki', format: 'pem' }).toString();

/** What a request is made of; undefined headers are not sent. */
export interface RawRequest {
  method: string;
  path: string;
  headers: Record<string, string | undefined>;
  body?: string;
}

export interface Reply {
  status: number;
  headers: Headers;
  /** Parsed when it is JSON. */
  body: unknown;
}

/** The reply's problem document. */
export const problemOf = (reply: Reply) =>
  reply.body as {
    status: number;
    title: string;
    type: string;
    reason: string;
    traceId?: string;
    violations?: { field: string }[];
  };

/** Lets the played merchants service know the test's merchant and key. */
export function knowMerchant({ services }: TestGateway): void {
  const merchant = { merchantId: MERCHANT_ID, name: 'M', orgPath: 'hq', state: 'active', settlementAccount: '' };
  const key = { keyId: KEY_ID, merchantId: MERCHANT_ID, publicKeyPem, isRevoked: false };
  services.answer('merchants.getMerchantKey', () => ({ key, merchant }));
  services.answer('merchants.registerSignature', () => ({}));
}

export async function send(gateway: TestGateway, { method, path, headers, body }: RawRequest): Promise<Reply> {
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const response = await fetch(`${gateway.url}${path}`, { method, headers: Object.fromEntries(present), body });
  const text = await response.text();
  const isJson = text !== '' && response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
}

/** A request the route accepts, sent by whom it is for; `change` may spoil it before it is signed. */
export async function callOperation(
  gateway: TestGateway,
  operation: Operation,
  change: (request: RawRequest) => void = () => undefined,
): Promise<Reply> {
  const request = rawRequest(operation);
  change(request);
  if (operation.audience.isSigned) return send(gateway, await signed(gateway, request));
  const token = await tokenFor(gateway, operation);
  return send(gateway, { ...request, headers: { authorization: `Bearer ${token}`, ...request.headers } });
}

const tokens = new Map<string, Promise<string>>();

function tokenFor(gateway: TestGateway, operation: Operation): Promise<string> {
  const caller = callerOf(operation);
  const key = `${gateway.url} ${JSON.stringify(caller)}`;
  const token = tokens.get(key) ?? gateway.token({ subject: 'caller-1', ...caller });
  tokens.set(key, token);
  return token;
}

export function rawRequest(operation: Operation): RawRequest {
  const { path, body } = validRequest(operation);
  const isWrite = operation.method !== 'GET';
  const content = operation.requestType === 'text/csv' ? 'a,b\n1,2\n' : JSON.stringify(body);
  return {
    method: operation.method,
    path,
    headers: {
      ...(body !== undefined && { 'content-type': operation.requestType }),
      ...(isWrite && { 'idempotency-key': randomUUID() }),
    },
    ...(body !== undefined && { body: content }),
  };
}

export async function signed(gateway: TestGateway, request: RawRequest): Promise<RawRequest> {
  const { method, path, headers, body } = request;
  const idempotencyKey = headers['idempotency-key'];
  const ready = await signMerchantRequest(
    { method, url: `${gateway.url}${path}`, body, idempotencyKey },
    { keyId: KEY_ID, privateKey },
  );
  return { ...request, headers: { ...ready.headers, ...headers } };
}
