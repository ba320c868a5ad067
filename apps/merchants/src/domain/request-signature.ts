import { invalid, refused } from '@tidegate/errors';

/** A signature may live so long at most: its nonce is kept that long, and the store of nonces stays small. */
export const SIGNATURE_LIFE_MAX_MS = 60 * 60_000;

/**
 * The name under which a signature's nonce is remembered. Key ids have no line feed, so two pairs never share a name.
 * @throws SIGNATURE_EXPIRED when its life is over, VALIDATION_FAILED when it would live longer than an hour
 */
export function signatureMark(keyId: string, nonce: string, expiresAt: Date, now: Date): string {
  const lifeMs = expiresAt.getTime() - now.getTime();
  if (lifeMs <= 0) throw refused('SIGNATURE_EXPIRED', 'The signature has expired.');
  if (lifeMs > SIGNATURE_LIFE_MAX_MS) {
    throw invalid([{ field: 'expiresAt', description: 'at most one hour from now' }]);
  }
  return `${keyId}\n${nonce}`;
}
