import { Injectable } from '@nestjs/common';
import { MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound } from '../../domain/merchant';
import { endAfter, registerKey, requireOtherKey, type MerchantKey } from '../../domain/merchant-key';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { RotateMerchantKeyInput } from './rotate-merchant-key.request';

/** Puts a new key in the place of an old one; both are valid until the overlap ends. */
@Injectable()
export class RotateMerchantKeyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly keys: MerchantKeyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, KEY_NOT_FOUND, KEY_INVALID, KEY_EXISTS, KEY_REVOKED,
   * KEY_ROTATED_OUT, KEY_LIMIT_REACHED, VALIDATION_FAILED, REQUEST_ID_REUSED
   */
  async execute(
    { requestId, ...input }: RotateMerchantKeyInput,
    actor: Actor,
  ): Promise<{ newKey: MerchantKey; oldKey: MerchantKey }> {
    const { merchantId, oldKeyId, publicKeyPem, overlapSeconds } = input;
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    requireOtherKey(input.newKeyId, oldKeyId);
    // Merchants choose their ids.
    return this.mongo.once({ scope: `rotate-merchant-key|${merchantId}`, requestId, input }, async (tx) => {
      const now = this.clock.now();
      const keyId = input.newKeyId || newId();
      const oldKey = endAfter(await this.keys.find(oldKeyId, tx), merchantId, overlapSeconds * 1_000, now);
      const existing = await this.keys.find(keyId, tx);
      // Two that come at once would not see each other's key.
      await this.merchants.lockMerchant(merchantId, tx);
      const liveCount = await this.keys.countLive(merchantId, now, tx);
      const newKey = registerKey({ keyId, merchantId, publicKeyPem }, existing, liveCount);
      await this.keys.save(newKey, tx);
      await this.keys.save(oldKey, tx);
      for (const changed of [keyId, oldKeyId]) {
        tx.emit(event(MerchantKeyChanged, changed, { keyId: changed, merchantId }));
      }
      return { newKey, oldKey };
    });
  }
}
