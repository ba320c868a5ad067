import { Injectable } from '@nestjs/common';
import { MerchantChanged } from '@tidegate/contracts/merchants/v1/merchants_events';
import { event, Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound, type Merchant } from '../../domain/merchant';
import { moveMerchant, requireAsSeen, type MerchantMove, type ReviewedTerms } from '../../domain/onboarding';
import { requireStaffOf } from '../../merchant-access';
import { MerchantChangeRepository } from '../../repositories/merchant-change.repository';
import { MerchantRepository } from '../../repositories/merchant.repository';
import type { MoveMerchantInput } from './move-merchant.request';

/** Reviews, activates or suspends a merchant, and writes down who did. */
@Injectable()
export class MoveMerchantUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly changes: MerchantChangeRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws MERCHANT_NOT_FOUND, STAFF_ONLY, ORG_OUT_OF_SCOPE, MERCHANT_MOVE_NOT_ALLOWED, MERCHANT_CHANGED, REVIEWER_IS_MAKER,
   * MERCHANT_INCOMPLETE, REQUEST_ID_REUSED
   */
  async execute(
    move: MerchantMove,
    { requestId, ...input }: MoveMerchantInput & ReviewedTerms,
    actor: Actor,
  ): Promise<Merchant> {
    const { merchantId, comment } = input;
    return this.mongo.once({ scope: `${move}-merchant`, requestId, input }, async (tx) => {
      const existing = await this.merchants.findMerchant(merchantId, tx);
      if (!existing) throw merchantNotFound();
      requireStaffOf(actor, existing.orgPath);
      requireAsSeen(existing, input);
      const merchant = moveMerchant(existing, move, actor.id);
      await this.merchants.saveMerchant(merchant, tx);
      const change = { merchantId, move, fromState: existing.state, toState: merchant.state, comment };
      await this.changes.add(newId(), { ...change, actorId: actor.id, changedAt: this.clock.now() }, tx);
      tx.emit(event(MerchantChanged, merchantId, { merchant }));
      return merchant;
    });
  }
}
