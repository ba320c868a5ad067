import { createHmac } from 'node:crypto';
import { encodePageToken, pageTokenInvalid } from '@tidegate/mongo';
import { openBytes, sealBytes } from './sealed-bytes';

/** Page tokens that the reader cannot read, for lists whose sort keys name what he may not see. */
export class PageSeal {
  private readonly key: Buffer;

  /** @param secret base64; the key is derived from it, so that no token can be taken for another sealed thing */
  constructor(secret: string) {
    this.key = createHmac('sha256', Buffer.from(secret, 'base64')).update('page-token').digest();
  }

  seal(keys: string[]): string {
    return sealBytes(Buffer.from(encodePageToken(keys), 'base64url'), this.key).toString('base64url');
  }

  /** The token as it would be unsealed, for whoever decodes it; the first page has none. @throws PAGE_TOKEN_INVALID */
  open(token: string): string {
    if (token === '') return '';
    try {
      return openBytes(Buffer.from(token, 'base64url'), this.key).toString('base64url');
    } catch {
      throw pageTokenInvalid();
    }
  }
}
