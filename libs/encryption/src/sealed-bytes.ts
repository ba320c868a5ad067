import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Nonce (12 bytes), tag (16) and ciphertext.
 * Source: AES-256-GCM with a random nonce, NIST SP 800-38D.
 *
 * @param secret 32 bytes
 */
export function sealBytes(plain: Uint8Array, secret: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, secret, iv);
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** @throws Error when it is cut, was changed, or was sealed with another key */
export function openBytes(sealed: Buffer, secret: Buffer): Buffer {
  const options = { authTagLength: TAG_BYTES };
  const decipher = createDecipheriv(CIPHER, secret, sealed.subarray(0, IV_BYTES), options);
  decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
}
