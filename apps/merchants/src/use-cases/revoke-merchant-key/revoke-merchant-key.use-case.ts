import { Injectable } from '@nestjs/common';
import { MerchantKeyChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireMerchantAccess } from '../../merchant-access';
import { keyNotFound, type MerchantKey } from '../../domain/merchant-key';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { RevokeMerchantKeyInput } from './revoke-merchant-key.request';

/** Ends a key's life at once; revoking it again changes nothing. */
@Injectable()
export class RevokeMerchantKeyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly keys: MerchantKeyRepository,
  ) {}

  /** @throws KEY_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: RevokeMerchantKeyInput, actor: Actor): Promise<MerchantKey> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw keyNotFound();
    requireMerchantAccess(actor, merchant);
    // Merchants choose their ids.
    return this.mongo.once({ scope: `revoke-merchant-key|${input.merchantId}`, requestId, input }, async (tx) => {
      const key = await this.keys.find(input.keyId, tx);
      if (key?.merchantId !== input.merchantId) throw keyNotFound();
      const revoked = { ...key, isRevoked: true };
      await this.keys.save(revoked, tx);
      tx.emit(event(MerchantKeyChanged, input.keyId, { keyId: input.keyId, merchantId: input.merchantId }));
      return revoked;
    });
  }
}
