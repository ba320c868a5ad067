import { createPublicKey } from 'node:crypto';
import { DomainError, invalid, notFound, refused } from '@tidegate/errors';

/** A key a merchant signs its requests with; several may be live at once, so that a merchant can rotate without a gap. */
export interface MerchantKey {
  keyId: string;
  merchantId: string;
  /** SPKI PEM of an Ed25519 public key, in normal form. */
  publicKeyPem: string;
  isRevoked: boolean;
  /** When a rotated key stops being valid; null for one that lives until it is revoked. */
  expiresAt: Date | null;
}

/** Live keys of one merchant: enough for a rotation in every one of its systems. */
export const LIVE_KEYS_MAX = 10;

/**
 * A public key in normal form (one PEM block, 64-character lines).
 * @throws KEY_INVALID when the text is not the PEM of an Ed25519 public key; a private key is refused, not silently reduced.
 */
export function normalPublicKey(pem: string): string {
  if (!pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----')) throw keyInvalid();
  try {
    const key = createPublicKey({ key: pem, format: 'pem' });
    if (key.asymmetricKeyType !== 'ed25519') throw keyInvalid();
    return key.export({ type: 'spki', format: 'pem' }).toString();
  } catch (cause) {
    throw cause instanceof DomainError ? cause : keyInvalid(cause);
  }
}

/**
 * A key as it is to be stored. A key id names one key for ever: the same key again changes nothing. One that was rotated out ends
 * whatever is put beside it, so it takes no other's place.
 * @throws KEY_INVALID, KEY_EXISTS, KEY_REVOKED, KEY_ROTATED_OUT, KEY_LIMIT_REACHED
 */
export function registerKey(
  offered: { keyId: string; merchantId: string; publicKeyPem: string },
  existing: MerchantKey | null,
  liveCount: number,
): MerchantKey {
  const publicKeyPem = normalPublicKey(offered.publicKeyPem);
  if (existing) {
    if (existing.merchantId !== offered.merchantId || existing.publicKeyPem !== publicKeyPem) {
      throw new DomainError({
        code: 'ALREADY_EXISTS',
        reason: 'KEY_EXISTS',
        message: 'This key id names another key.',
      });
    }
    if (existing.isRevoked) throw refused('KEY_REVOKED', 'A revoked key does not come back; register a new one.');
    if (existing.expiresAt !== null) {
      const metadata = { expiresAt: existing.expiresAt.toISOString() };
      throw refused('KEY_ROTATED_OUT', 'A key that was rotated out does not come back; register a new one.', metadata);
    }
    return existing;
  }
  if (liveCount >= LIVE_KEYS_MAX) {
    throw refused('KEY_LIMIT_REACHED', 'Revoke an old key first.', { max: String(LIVE_KEYS_MAX) });
  }
  return { keyId: offered.keyId, merchantId: offered.merchantId, publicKeyPem, isRevoked: false, expiresAt: null };
}

/**
 * A key does not take its own place: it would end, and leave the merchant none.
 * @throws VALIDATION_FAILED
 */
export function requireOtherKey(newKeyId: string, oldKeyId: string): void {
  if (newKeyId === oldKeyId) throw invalid([{ field: 'newKeyId', description: 'another id than that of the old key' }]);
}

/**
 * The key that is rotated out: it lives on until the overlap ends, never longer than it would have.
 * @throws KEY_NOT_FOUND when it is not a live key of the merchant
 */
export function endAfter(key: MerchantKey | null, merchantId: string, overlapMs: number, now: Date): MerchantKey {
  const live = requireLiveKey(key, now);
  if (live.merchantId !== merchantId) throw keyNotFound();
  const end = new Date(now.getTime() + overlapMs);
  return { ...live, expiresAt: live.expiresAt && live.expiresAt < end ? live.expiresAt : end };
}

export const isLiveKey = ({ isRevoked, expiresAt }: MerchantKey, now: Date): boolean =>
  !isRevoked && (expiresAt === null || now < expiresAt);

/** @throws KEY_NOT_FOUND when there is none, it was revoked or its overlap is over */
export function requireLiveKey(key: MerchantKey | null, now: Date): MerchantKey {
  if (!key || !isLiveKey(key, now)) throw keyNotFound();
  return key;
}

export const keyNotFound = () => notFound('KEY_NOT_FOUND', 'No such live key.');

const keyInvalid = (cause?: unknown) =>
  new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'KEY_INVALID',
    message: 'The key must be an Ed25519 public key in PEM (SPKI).',
    violations: [{ field: 'key.publicKeyPem', description: 'an Ed25519 public key in PEM' }],
    cause,
  });
