import { Injectable } from '@nestjs/common';
import { MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { registerKey, type MerchantKey } from '../../domain/merchant-key';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { PutMerchantKeyInput } from './put-merchant-key.request';

/** Registers a request-signing key; the older keys stay live until they are revoked. */
@Injectable()
export class PutMerchantKeyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly keys: MerchantKeyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws KEY_INVALID, KEY_EXISTS, KEY_REVOKED, KEY_ROTATED_OUT, KEY_LIMIT_REACHED, MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE,
   * MERCHANT_OUT_OF_SCOPE, REQUEST_ID_REUSED
   */
  async execute({ requestId, key: input }: PutMerchantKeyInput, actor: Actor): Promise<MerchantKey> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    // Merchants choose their ids.
    return this.mongo.once({ scope: `put-merchant-key|${input.merchantId}`, requestId, input }, async (tx) => {
      const keyId = input.keyId || newId();
      const existing = await this.keys.find(keyId, tx);
      // Two that come at once would not see each other's key.
      await this.merchants.lockMerchant(input.merchantId, tx);
      const liveCount = await this.keys.countLive(input.merchantId, this.clock.now(), tx);
      const key = registerKey({ ...input, keyId }, existing, liveCount);
      await this.keys.save(key, tx);
      tx.emit(event(MerchantKeyChanged, keyId, { keyId, merchantId: input.merchantId }));
      return key;
    });
  }
}
