import { Inject, Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { adjustmentItem, type Adjustment } from '../domain/adjustment';
import { itemIdOf } from '../domain/settlement-item';
import { AdjustmentRepository } from '../repositories/adjustment.repository';
import { StatementLineRepository } from '../repositories/statement-line.repository';

/** Posts an adjustment to the ledger, once, and lets it wait for the merchant's next batch. */
@Injectable()
export class AdjustmentPoster {
  constructor(
    private readonly mongo: Mongo,
    private readonly adjustments: AdjustmentRepository,
    private readonly lines: StatementLineRepository,
    @Inject(BENEFITS_CLIENT) private readonly benefits: BenefitsClient,
  ) {}

  /** Posts what a batch's returned payment made owed again. */
  async finish(batchId: string): Promise<void> {
    const adjustment = await this.adjustments.find(itemIdOf.returnedPayment(batchId));
    if (adjustment?.state === 'created') await this.post(adjustment);
  }

  /** The adjustment as it is afterwards. */
  async post(adjustment: Adjustment): Promise<Adjustment> {
    const { adjustmentId, merchantId, amountMinor, currency, kind, funder, partyId } = adjustment;
    const { transactionId } = await this.benefits.postAdjustment({
      requestId: `adjust-${adjustmentId}`,
      adjustmentId,
      merchantId,
      amountMinor,
      currency,
      kind,
      funder,
      partyId,
    });
    return this.mongo.transaction(async (tx) => {
      const posted: Adjustment = { ...adjustment, state: 'posted', transactionId };
      await this.adjustments.save(posted, tx);
      await this.lines.addWaiting([adjustmentItem(posted)], tx);
      return posted;
    });
  }
}
