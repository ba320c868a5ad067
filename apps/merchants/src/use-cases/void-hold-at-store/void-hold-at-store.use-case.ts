import { Inject, Injectable } from '@nestjs/common';
import type { Instance } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { TillBudget } from '../../budgets/till-budget';
import { merchantNotFound } from '../../domain/merchant';
import type { HeldInput } from '../../held.request';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';

/** Lets go what a till holds; its part of the budgets comes back. */
@Injectable()
export class VoidHoldAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly budget: TillBudget,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE and those of BenefitsService.VoidHold */
  async execute(input: HeldInput, actor: Actor): Promise<Instance[]> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
    const { instances } = await this.benefits.voidHold(input);
    await this.budget.release(input.holdId);
    return instances;
  }
}
