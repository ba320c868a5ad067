import { DomainError } from '@tidegate/errors';

/** Opaque token of the last row's sort keys. */
export const encodePageToken = (keys: string[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** @throws PAGE_TOKEN_INVALID; undefined for the first page. */
export function decodePageToken(token: string): string[] | undefined {
  if (!token) return undefined;
  try {
    const keys: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (Array.isArray(keys) && keys.length > 0 && keys.every((key): key is string => typeof key === 'string'))
      return keys;
  } catch {
    // Falls through: whatever it was, it is not one of our tokens.
  }
  throw pageTokenInvalid();
}

export const pageTokenInvalid = (): DomainError =>
  new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'PAGE_TOKEN_INVALID',
    message: 'The page token is not one this platform gave out.',
    violations: [{ field: 'pageToken', description: 'unknown token' }],
  });

/** Requested size within 1..max, or the fallback for 0. */
export const pageSize = (requested: number, { max, fallback }: { max: number; fallback: number }): number =>
  requested <= 0 ? fallback : Math.min(Math.trunc(requested), max);
