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

// A revoked key or suspended merchant is honoured so long at most.
const CACHED_MS = 5_000;
const CACHED_MAX = 5_000;

/** Keys that merchants sign with, asked of the merchants service. */
@Injectable()
export class MerchantKeys {
  private readonly cached = new Map<string, { key: KnownKey; until: number }>();

  constructor(
    private readonly peers: Peers,
    private readonly clock: Clock,
  ) {}

  /** @throws SIGNATURE_KEY_UNKNOWN, MERCHANT_SUSPENDED */
  async get(keyId: string): Promise<KnownKey> {
    const now = this.clock.now().getTime();
    const hit = this.cached.get(keyId);
    if (hit && hit.until > now) return hit.key;
    const key = await this.ask(keyId);
    if (this.cached.size >= CACHED_MAX) this.cached.clear();
    this.cached.set(keyId, { key, until: now + CACHED_MS });
    return key;
  }

  private async ask(keyId: string): Promise<KnownKey> {
    try {
      const { key, merchant } = await this.peers.merchants.getMerchantKey({ keyId });
      if (!key || key.isRevoked) throw unknownKey();
      if (merchant?.state === 'suspended') throw denied('MERCHANT_SUSPENDED', 'The merchant is suspended.');
      const publicKey = createPublicKey(key.publicKeyPem);
      // verify() with another kind of key would mean another algorithm.
      if (publicKey.asymmetricKeyType !== 'ed25519') throw unknownKey();
      return { merchantId: key.merchantId, publicKey };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      if (error.code === 'NOT_FOUND' || error.code === 'INVALID_ARGUMENT') throw unknownKey();
      throw error.reason === 'MERCHANT_SUSPENDED' ? denied(error.reason, error.message) : error;
    }
  }
}

const unknownKey = () => unauthenticated('SIGNATURE_KEY_UNKNOWN', 'The key is not known here, or was revoked.');
