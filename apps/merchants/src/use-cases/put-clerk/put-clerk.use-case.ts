import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { placeClerk, storeNotFound, type Clerk } from '../../domain/merchant';
import { requireMerchantAccess } from '../../merchant-access';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { PutClerkInput } from './put-clerk.request';

/** Creates or replaces a clerk of a store. */
@Injectable()
export class PutClerkUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
  ) {}

  /** @throws STORE_NOT_FOUND, ORG_OUT_OF_SCOPE, MERCHANT_OUT_OF_SCOPE, CLERK_OF_OTHER_MERCHANT, REQUEST_ID_REUSED */
  async execute({ requestId, clerk: input }: PutClerkInput, actor: Actor): Promise<Clerk> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw storeNotFound();
    requireMerchantAccess(actor, merchant);
    // Merchants choose their ids.
    return this.mongo.once({ scope: `put-clerk|${input.merchantId}`, requestId, input }, async (tx) => {
      const clerkId = input.clerkId || newId();
      const existing = await this.merchants.findClerk(clerkId, tx);
      const clerk = placeClerk({ ...input, clerkId }, existing, await this.merchants.findStore(input.storeId, tx));
      await this.merchants.saveClerk(clerk, tx);
      return clerk;
    });
  }
}
