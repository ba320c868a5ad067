import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { merchantNotFound, type Merchant } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';

@Injectable()
export class GetMerchantUseCase {
  constructor(private readonly merchants: MerchantRepository) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE */
  async execute(merchantId: string, actor: Actor): Promise<Merchant> {
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    return merchant;
  }
}
