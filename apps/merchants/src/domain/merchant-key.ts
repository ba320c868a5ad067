import { createPublicKey } from 'node:crypto';
import { DomainError, notFound, refused } from '@tidegate/errors';

/** A key a merchant signs its requests with; several may be live at once, so that a merchant can rotate without a gap. */
export interface MerchantKey {
  keyId: string;
  merchantId: string;
  /** SPKI PEM of an Ed25519 public key, in normal form. */
  publicKeyPem: string;
  isRevoked: boolean;
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
 * A key as it is to be stored. A key id names one key for ever: the same key again changes nothing.
 * @throws KEY_INVALID, KEY_EXISTS, KEY_REVOKED, KEY_LIMIT_REACHED
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
    return existing;
  }
  if (liveCount >= LIVE_KEYS_MAX) {
    throw refused('KEY_LIMIT_REACHED', 'Revoke an old key first.', { max: String(LIVE_KEYS_MAX) });
  }
  return { keyId: offered.keyId, merchantId: offered.merchantId, publicKeyPem, isRevoked: false };
}

/** @throws KEY_NOT_FOUND when there is none, it is another merchant's or it was revoked */
export function requireLiveKey(key: MerchantKey | null): MerchantKey {
  if (!key || key.isRevoked) throw keyNotFound();
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
