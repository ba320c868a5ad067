import { Inject, Injectable } from '@nestjs/common';
import type { ValidateSaleResponse } from '@tidegate/contracts/benefits/v1/benefits';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { TillBudget } from '../../budgets/till-budget';
import { localMoment } from '../../domain/local-time';
import { outletOf, requirePointOfSale } from '../../domain/merchant';
import { requireTillPlace } from '../../domain/till-place';
import { requireMerchantAccess } from '../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../merchants.config';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { SaleInput } from '../../till.request';

/** Says what a sale would take 验券, before a till holds or redeems; nothing is changed. */
@Injectable()
export class ValidateAtStoreUseCase {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly budget: TillBudget,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** @throws as HoldAtStoreUseCase */
  async execute(input: SaleInput, actor: Actor): Promise<ValidateSaleResponse> {
    const pointOfSale = await this.merchants.findPointOfSale(input);
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    const store = requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
    requireTillPlace(store, input.place);
    const sale = await this.benefits.validateSale({ ...input, outletPath: outletOf(pointOfSale) });
    await this.budget.requireRoom(input, sale);
    return sale;
  }
}
