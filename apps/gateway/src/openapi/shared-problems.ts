import type { RouteConfig } from '../http/route-config';

const WRITES = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

export const isWrite = (method: string): boolean => WRITES.has(method);

const BEARER = {
  401: 'TOKEN_MISSING, TOKEN_INVALID, TOKEN_EXPIRED, TOKEN_CLAIMS_INVALID',
  403: 'CALLER_KIND_NOT_ALLOWED, ROLE_MISSING, STAFF_NOT_ACTIVE, STAFF_OUT_OF_PLACE, STAFF_UNKNOWN, ORG_OUT_OF_SCOPE, NOT_YOURS',
};
const SIGNED = {
  401: 'SIGNATURE_MISSING, SIGNATURE_INVALID, SIGNATURE_STALE, SIGNATURE_REPLAYED, SIGNATURE_KEY_UNKNOWN, DIGEST_MISMATCH',
  403: 'MERCHANT_SUSPENDED, MERCHANT_OUT_OF_SCOPE',
};
const ALL = {
  404: 'What the address names does not exist.',
  429: 'RATE_LIMITED; Retry-After says when to come back.',
  500: 'INTERNAL',
  503: 'PEER_UNAVAILABLE; safe to repeat.',
  504: 'PEER_TIMED_OUT; safe to repeat with the same Idempotency-Key.',
};
const WRITE = {
  409: 'REQUEST_ID_REUSED, or the state changed meanwhile.',
  413: 'BODY_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  422: 'A rule refused it; the reason says which.',
};

/** Problems that any route of a kind may answer with, by status. */
export function sharedProblems(method: string, config: RouteConfig, isSigned: boolean): Record<string, string> {
  const badRequest = [
    'VALIDATION_FAILED',
    ...(isWrite(method) ? ['MALFORMED_JSON'] : []),
    ...(needsKey(method, config) ? ['IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_INVALID'] : []),
  ];
  return {
    400: badRequest.join(', '),
    ...(isSigned ? SIGNED : BEARER),
    ...ALL,
    ...(isWrite(method) ? WRITE : {}),
  };
}

/** Whether a route refuses a request without Idempotency-Key. */
export const needsKey = (method: string, config: RouteConfig): boolean => isWrite(method) && !config.isKeyless;
