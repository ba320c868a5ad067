import { createHash, createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { ServiceEnv } from '@tidegate/service';
import { openBytes, sealBytes } from './sealed-bytes';

const VERSION = 'v1';
const KEY_BYTES = 32;

interface Key {
  keyId: string;
  secret: Buffer;
}

/**
 * Encrypts personal fields at rest: AES-256-GCM (`sealed-bytes.ts`). What it seals names its key, so a new
 * key seals from now on while older ones, kept in `fieldEncryptionPrevious`, still open.
 */
@Injectable()
export class FieldCipher {
  private readonly current: Key;
  private readonly keys: Map<string, Key>;
  private readonly digestKey: Buffer;

  constructor(env: ServiceEnv) {
    this.current = toKey(env.keys.fieldEncryption);
    const all = [this.current, ...(env.keys.fieldEncryptionPrevious ?? []).map(toKey)];
    this.keys = new Map(all.map((key) => [key.keyId, key]));
    // A key of its own, so that digests tell nothing about ciphertexts.
    this.digestKey = createHmac('sha256', this.current.secret).update('tidegate/import-digest').digest();
  }

  seal(plain: string): string {
    const sealed = sealBytes(Buffer.from(plain, 'utf8'), this.current.secret);
    return `${VERSION}.${this.current.keyId}.${sealed.toString('base64')}`;
  }

  /** @throws FIELD_KEY_UNKNOWN, FIELD_DAMAGED */
  open(sealed: string): string {
    if (sealed === '') return '';
    const [version, keyId = '', body = ''] = sealed.split('.');
    if (version !== VERSION) throw damaged();
    return this.openWith(Buffer.from(body, 'base64'), keyId).toString('utf8');
  }

  /** Seals a file's bytes: key id (8 bytes) and ciphertext. */
  sealContent(content: Uint8Array): Buffer {
    return Buffer.concat([Buffer.from(this.current.keyId, 'latin1'), sealBytes(content, this.current.secret)]);
  }

  openContent(sealed: Buffer): Buffer {
    return this.openWith(sealed.subarray(8), sealed.toString('latin1', 0, 8));
  }

  digest(text: string): string {
    return createHmac('sha256', this.digestKey).update(text).digest('base64url');
  }

  private openWith(sealed: Buffer, keyId: string): Buffer {
    const key = this.keys.get(keyId);
    if (!key) {
      throw new DomainError({
        code: 'INTERNAL',
        reason: 'FIELD_KEY_UNKNOWN',
        message: 'A personal field was sealed with a key that this service does not have.',
        metadata: { keyId },
      });
    }
    try {
      return openBytes(sealed, key.secret);
    } catch (cause) {
      throw damaged(cause);
    }
  }
}

const damaged = (cause?: unknown): DomainError =>
  new DomainError({ code: 'INTERNAL', reason: 'FIELD_DAMAGED', message: 'A sealed personal field is damaged.', cause });

function toKey(base64: string): Key {
  const secret = Buffer.from(base64, 'base64');
  if (secret.length !== KEY_BYTES) throw new Error(`fieldEncryption must be ${KEY_BYTES} bytes of base64`);
  return { keyId: createHash('sha256').update('tidegate/key-id').update(secret).digest('hex').slice(0, 8), secret };
}
