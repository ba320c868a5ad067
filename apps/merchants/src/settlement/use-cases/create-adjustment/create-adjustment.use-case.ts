import { Injectable } from '@nestjs/common';
import { invalid, notFound } from '@tidegate/errors';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { merchantNotFound, type Merchant } from '../../../domain/merchant';
import { requireStaffOf } from '../../../merchant-access';
import { MerchantRepository } from '../../../repositories/merchant.repository';
import { OrgUnitRepository } from '../../../repositories/org-unit.repository';
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
    private readonly units: OrgUnitRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly poster: AdjustmentPoster,
    private readonly clock: Clock,
  ) {}

  /** @throws MERCHANT_NOT_FOUND, ORG_OUT_OF_SCOPE (also of the unit that bears it), ORG_UNIT_NOT_FOUND, STAFF_ONLY, VALIDATION_FAILED, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: CreateAdjustmentInput, actor: Actor): Promise<Adjustment> {
    const merchant = await this.merchants.findMerchant(input.merchantId);
    if (!merchant) throw merchantNotFound();
    requireStaffOf(actor, merchant.orgPath);
    const partyId = partyOf(input, merchant);
    const adjustmentId = await this.mongo.once({ scope: 'create-adjustment', requestId, input }, async (tx) => {
      if (input.funder === 'bank') await this.requireUnit(partyId, actor, tx);
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

  /** Nobody books a cost to a part of the bank that is not his own. */
  private async requireUnit(orgPath: string, actor: Actor, tx: Transaction): Promise<void> {
    requireStaffOf(actor, orgPath);
    if (!(await this.units.exists(orgPath, tx))) {
      throw notFound('ORG_UNIT_NOT_FOUND', 'There is no such organisation unit.', { orgPath });
    }
  }
}

/** Who bears it; of merchants only the one whose adjustment it is. */
function partyOf({ funder, partyId }: Pick<CreateAdjustmentInput, 'funder' | 'partyId'>, merchant: Merchant): string {
  if (funder === 'bank') return partyId || merchant.orgPath;
  if (funder === 'third_party' && partyId !== '') return partyId;
  if (funder === 'merchant' && ['', merchant.merchantId].includes(partyId)) return merchant.merchantId;
  const description = funder === 'merchant' ? 'the merchant himself, or empty' : 'which third party bears it';
  throw invalid([{ field: 'partyId', description }]);
}
