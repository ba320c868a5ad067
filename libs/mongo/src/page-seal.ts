import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { encodePageToken, pageTokenInvalid } from './paging';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Page tokens that the reader cannot read, for lists whose sort keys name what he may not see.
 * Source: AES-256-GCM with a random nonce, NIST SP 800-38D.
 */
export class PageSeal {
  private readonly key: Buffer;

  /** @param secret base64; the key is derived from it, so that no token can be taken for another sealed thing */
  constructor(secret: string) {
    this.key = createHmac('sha256', Buffer.from(secret, 'base64')).update('page-token').digest();
  }

  seal(keys: string[]): string {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.key, iv);
    const body = Buffer.concat([cipher.update(encodePageToken(keys), 'base64url'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
  }

  /** The token as it would be unsealed, for whoever decodes it; the first page has none. @throws PAGE_TOKEN_INVALID */
  open(token: string): string {
    if (token === '') return '';
    const sealed = Buffer.from(token, 'base64url');
    if (sealed.length <= IV_BYTES + TAG_BYTES) throw pageTokenInvalid();
    const decipher = createDecipheriv(CIPHER, this.key, sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    try {
      const body = Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]);
      return body.toString('base64url');
    } catch {
      throw pageTokenInvalid();
    }
  }
}
