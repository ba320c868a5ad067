import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound, type Merchant } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import type { Adjustment } from '../../domain/adjustment';
import { AdjustmentPoster } from '../../posting/adjustment-poster';
import { AdjustmentRepository } from '../../repositories/adjustment.repository';
import type { CreateAdjustmentInput } from './create-adjustment.request';

/** Corrects what a merchant is owed 调整: in the ledger at once, paid with the next batch, which its maker may not release. */
@Injectable()
export class CreateAdjustmentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly merchants: MerchantRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly poster: AdjustmentPoster,
    private readonly clock: Clock,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE, STAFF_ONLY, VALIDATION_FAILED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CreateAdjustmentInput, actor: Actor): Promise<Adjustment> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireStaffOf(actor, merchant.orgPath);
    const partyId = input.partyId || defaultParty(input, merchant);
    const adjustmentId = await this.mongo.once({ scope: 'create-adjustment', requestId, input }, async (tx) => {
      const adjustment: Adjustment = {
        ...input,
        partyId,
        adjustmentId: newId(),
        kind: 'adjustment',
        orgPath: merchant.orgPath,
        createdBy: actor.id,
        createdAt: this.clock.now(),
        state: 'created',
        transactionId: '',
      };
      await this.adjustments.save(adjustment, tx);
      return adjustment.adjustmentId;
    });
    const created = await this.adjustments.find(adjustmentId);
    if (!created) throw new Error(`adjustment ${adjustmentId} is gone`);
    return created.state === 'posted' ? created : this.poster.post(created);
  }
}

function defaultParty({ funder }: Pick<CreateAdjustmentInput, 'funder'>, merchant: Merchant): string {
  if (funder === 'bank') return merchant.orgPath;
  if (funder === 'merchant') return merchant.merchantId;
  throw invalid([{ field: 'partyId', description: 'which third party bears it' }]);
}
