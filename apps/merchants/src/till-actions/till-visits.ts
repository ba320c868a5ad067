import { Inject, Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { BENEFITS_CLIENT, type BenefitsClient } from '../benefits-client';
import { localMoment } from '../domain/local-time';
import { merchantNotFound, outletOf, requirePointOfSale } from '../domain/merchant';
import { requireMerchantAccess } from '../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../merchants.config';
import { MerchantRepository } from '../repositories/merchant.repository';
import type { TillVisit } from './domain/till-visit';

/** A code shown at a till, as it is validated there. */
export interface ShownCode {
  code: string;
  storeId: string;
  clerkId: string;
  orderAmountMinor: number;
}

/** What a till says of the customer before it: one of the three. */
export interface TillSubject {
  merchantId: string;
  /** Empty for none. */
  redemptionId: string;
  /** Empty for none. */
  holdId: string;
  shown?: ShownCode;
}

/** A customer at a till, as the wallet knows him. */
export interface CustomerAtTill {
  customerId: string;
  storeId: string;
  visit: TillVisit;
}

/** Who stands at a merchant's till, by what he redeems there. */
@Injectable()
export class TillVisits {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE */
  async requireOwn(merchantId: string, actor: Actor): Promise<void> {
    const merchant = await this.merchants.findMerchant(merchantId);
    if (!merchant) throw merchantNotFound();
    requireMerchantAccess(actor, merchant);
  }

  /** @throws REDEMPTION_NOT_FOUND, HOLD_NOT_FOUND, and for a code as ValidateAtStoreUseCase, whatever the budgets have left */
  async get({ merchantId, redemptionId, holdId, shown }: TillSubject): Promise<CustomerAtTill> {
    if (redemptionId !== '') return this.ofRedemption(merchantId, redemptionId);
    if (shown === undefined) return this.ofHold(merchantId, holdId);
    return this.ofCode(merchantId, shown);
  }

  private async ofRedemption(merchantId: string, redemptionId: string): Promise<CustomerAtTill> {
    const { redemption, isReversed } = await this.benefits.getRedemption({ merchantId, redemptionId });
    if (!redemption?.redeemedAt) throw new Error(`redemption ${redemptionId} has no time`);
    const { customerId, storeId, redeemedAt } = redemption;
    return { customerId, storeId, visit: { kind: 'redemption', redeemedAt, isReversed } };
  }

  private async ofHold(merchantId: string, holdId: string): Promise<CustomerAtTill> {
    const { customerId, storeId, state, heldAt, expiresAt } = await this.benefits.getHold({ merchantId, holdId });
    if (!heldAt || !expiresAt) throw new Error(`hold ${holdId} has no time`);
    return { customerId, storeId, visit: { kind: 'hold', state, heldAt, expiresAt } };
  }

  private async ofCode(merchantId: string, shown: ShownCode): Promise<CustomerAtTill> {
    const pointOfSale = await this.merchants.findPointOfSale({ ...shown, merchantId });
    requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
    const sale = { ...shown, merchantId, outletPath: outletOf(pointOfSale), items: [] };
    const { instances } = await this.benefits.validateSale(sale);
    const [instance] = instances;
    if (!instance) throw new Error('a code that is good stands for no benefit');
    return { customerId: instance.customerId, storeId: shown.storeId, visit: { kind: 'code' } };
  }
}
