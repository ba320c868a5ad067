import { createPublicKey, type KeyObject } from 'node:crypto';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { Injectable } from '@nestjs/common';
import { denied, unauthenticated } from '../access/access-errors';
import { Peers } from '../peers/peers';

/** A live key and whose it is. */
export interface KnownKey {
  merchantId: string;
  publicKey: KeyObject;
}

// Changes are heard at once; a message that was lost is made good after so long.
const CACHED_MS = 5_000;
const CACHED_MAX = 5_000;
const NOT_WORKING = ['MERCHANT_SUSPENDED', 'MERCHANT_NOT_ACTIVE'];

/** Keys that merchants sign with, asked of the merchants service. */
@Injectable()
export class MerchantKeys {
  private readonly cached = new Map<string, { key: KnownKey; until: number }>();
  /** Grows with every change: an answer that was asked for before one is not kept. */
  private changes = 0;

  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** @throws SIGNATURE_KEY_UNKNOWN, MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE */
  async get(keyId: string): Promise<KnownKey> {
    const now = this.clock.now().getTime();
    const hit = this.cached.get(keyId);
    if (hit && hit.until > now) return hit.key;
    const changesBefore = this.changes;
    const { expiresAt, ...key } = await this.ask(keyId);
    if (changesBefore !== this.changes) return key;
    if (this.cached.size >= CACHED_MAX) this.cached.clear();
    this.cached.set(keyId, { key, until: Math.min(now + CACHED_MS, expiresAt?.getTime() ?? Infinity) });
    return key;
  }

  /** The key was changed, or one of the merchant's: it is asked for again. */
  forget(changed: { keyId: string } | { merchantId: string }): void {
    this.changes += 1;
    if ('keyId' in changed) this.cached.delete(changed.keyId);
    else {
      for (const [keyId, { key }] of this.cached) if (key.merchantId === changed.merchantId) this.cached.delete(keyId);
    }
  }

  private async ask(keyId: string): Promise<KnownKey & { expiresAt: Date | undefined }> {
    try {
      const { key, merchant } = await this.peers.merchants.getMerchantKey({ keyId });
      if (!key || key.isRevoked) throw unknownKey();
      if (merchant?.state === 'suspended') throw denied('MERCHANT_SUSPENDED', 'The merchant is suspended.');
      const publicKey = createPublicKey(key.publicKeyPem);
      // verify() with another kind of key would mean another algorithm.
      if (publicKey.asymmetricKeyType !== 'ed25519') throw unknownKey();
      return { merchantId: key.merchantId, publicKey, expiresAt: key.expiresAt };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'NOT_FOUND' || error.code === 'INVALID_ARGUMENT') throw unknownKey();
      throw NOT_WORKING.includes(error.reason) ? denied(error.reason, error.message) : error;
    }
  }
}

const unknownKey = () => unauthenticated('SIGNATURE_KEY_UNKNOWN', 'The key is not known here, or was revoked.');
