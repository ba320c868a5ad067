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

/** Time and id of the last row, where rows come by time and then by id; undefined for the first page. @throws PAGE_TOKEN_INVALID */
export function decodeTimeToken(token: string): { at: Date; id: string } | undefined {
  const keys = decodePageToken(token);
  if (keys === undefined) return undefined;
  const [time, id] = keys;
  if (keys.length !== 2 || !id) throw pageTokenInvalid();
  return { at: tokenTime(time), id };
}

/** So many whole numbers, such as the number of the last row; undefined for the first page. @throws PAGE_TOKEN_INVALID */
export function decodeNumberToken(token: string, count = 1): number[] | undefined {
  const numbers = decodePageToken(token)?.map((key) => tokenNumber(key));
  if (numbers && (numbers.length !== count || !numbers.every((each) => Number.isSafeInteger(each))))
    throw pageTokenInvalid();
  return numbers;
}

/** A time among the keys of a token, as `toISOString` writes it. @throws PAGE_TOKEN_INVALID */
export function tokenTime(key = ''): Date {
  const at = new Date(key);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== key) throw pageTokenInvalid();
  return at;
}

/** A number of 0 or more among the keys of a token. @throws PAGE_TOKEN_INVALID */
export function tokenNumber(key = ''): number {
  const number = Number(key);
  if (key.trim() === '' || !Number.isFinite(number) || number < 0) throw pageTokenInvalid();
  return number;
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
