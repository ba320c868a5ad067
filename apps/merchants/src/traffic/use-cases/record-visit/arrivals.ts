import { Inject, Injectable } from '@nestjs/common';
import { DomainError, notFound, refused } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { localMoment } from '../../../domain/local-time';
import { requirePointOfSale } from '../../../domain/merchant';
import { requireTillPlace } from '../../../domain/till-place';
import { requireMerchantAccess, requireStaffOf } from '../../../merchant-access';
import { MERCHANTS_CONFIG, type MerchantsConfig } from '../../../merchants.config';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
import type { Attribution } from '../../domain/attribution-token';
import {
  APP_PLACE,
  placeNotInPlan,
  requireOutletInPlan,
  requireStoreInPlan,
  type TrafficPlan,
} from '../../domain/traffic-plan';
import type { Visit } from '../../domain/visit';
import { requireCustomer } from '../../traffic-access';
import type { RecordVisitInput } from './record-visit.request';

/** Who came where, and which merchant and store had a part in it. */
export type Arrival = Pick<Visit, 'customerId' | 'placeId' | 'merchantId' | 'storeId' | 'clerkId'>;

type Told = Omit<RecordVisitInput, 'requestId'>;

/** Finds out where a customer came, and whether who says so may. */
@Injectable()
export class Arrivals {
  constructor(
    private readonly merchants: MerchantRepository,
    private readonly units: OrgUnitRepository,
    private readonly clock: Clock,
    @Inject(MERCHANTS_CONFIG) private readonly config: MerchantsConfig,
  ) {}

  /** @throws as RecordVisitUseCase */
  async find(plan: TrafficPlan, token: Attribution, input: Told, actor: Actor): Promise<Arrival> {
    const customerId = customerOf(token, input.customerId);
    switch (token.direction) {
      case 'app_to_store':
        return { ...(await this.atStore(plan, token, input, actor)), customerId };
      case 'store_to_outlet':
        return { ...(await this.atOutlet(plan, token, input.outletPath, actor)), customerId };
      case 'outlet_to_app':
        requireCustomer(actor, customerId);
        return { placeId: APP_PLACE, merchantId: '', storeId: '', clerkId: '', customerId };
    }
  }

  private async atStore(
    plan: TrafficPlan,
    token: Attribution,
    { merchantId, storeId, clerkId, place }: Told,
    actor: Actor,
  ): Promise<Omit<Arrival, 'customerId'>> {
    const pointOfSale = await this.merchants.findPointOfSale({ merchantId, storeId, clerkId });
    if (pointOfSale.merchant) requireMerchantAccess(actor, pointOfSale.merchant);
    const store = requirePointOfSale(pointOfSale, localMoment(this.clock.now(), this.config.timeZone));
    requireTillPlace(store, place);
    if (token.placeId !== '' && token.placeId !== storeId) throw placeNotInPlan();
    requireStoreInPlan(plan, storeId, pointOfSale.merchant?.orgPath ?? '');
    return { placeId: storeId, merchantId, storeId, clerkId };
  }

  private async atOutlet(
    plan: TrafficPlan,
    token: Attribution,
    outletPath: string,
    actor: Actor,
  ): Promise<Omit<Arrival, 'customerId'>> {
    requireStaffOf(actor, outletPath);
    if (token.placeId !== '' && token.placeId !== outletPath) throw placeNotInPlan();
    requireOutletInPlan(plan, outletPath);
    if (!(await this.units.exists(outletPath))) {
      throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.');
    }
    const store = await this.merchants.findStore(token.sourceId);
    const merchant = store && (await this.merchants.findMerchant(store.merchantId));
    requireStoreInPlan(plan, token.sourceId, merchant?.orgPath ?? '');
    // Whoever came is counted also by a poster that still hangs, but earns only a merchant who is active something.
    const merchantId = merchant?.state === 'active' ? merchant.merchantId : '';
    return { placeId: outletPath, merchantId, storeId: token.sourceId, clerkId: '' };
  }
}

function customerOf(token: Attribution, named: string): string {
  if (token.customerId !== '' && named !== '' && named !== token.customerId) {
    throw new DomainError({
      code: 'PERMISSION_DENIED',
      reason: 'TOKEN_OF_OTHER_CUSTOMER',
      message: 'This token is another customer’s.',
    });
  }
  const customerId = token.customerId || named;
  if (customerId === '') throw refused('CUSTOMER_MISSING', 'Say which customer came.');
  return customerId;
}
