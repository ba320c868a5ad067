import { Injectable } from '@nestjs/common';
import { Clock } from '@tidegate/service';
import { requireActive, type Merchant } from '../../domain/merchant';
import { keyNotFound, requireLiveKey, type MerchantKey } from '../../domain/merchant-key';
import { MerchantKeyRepository } from '../../repositories/merchant-key.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** The key a request says it was signed with: asked before the caller is known, so it answers public facts only. */
@Injectable()
export class GetMerchantKeyUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly keys: MerchantKeyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws KEY_NOT_FOUND (also when revoked or expired), MERCHANT_SUSPENDED, MERCHANT_NOT_ACTIVE */
  async execute(keyId: string): Promise<{ key: MerchantKey; merchant: Merchant }> {
    const key = requireLiveKey(await this.keys.find(keyId), this.clock.now());
    const merchant = await this.merchants.findMerchant(key.merchantId);
    if (!merchant) throw keyNotFound();
    requireActive(merchant);
    return { key, merchant };
  }
}
