import { Inject, Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { logger } from '@tidegate/observability';
import { BENEFITS_CLIENT, type BenefitsClient } from '../../benefits-client';
import { adjustmentItem, type Adjustment } from '../domain/adjustment';
import { itemIdOf } from '../domain/settlement-item';
import { AdjustmentRepository } from '../repositories/adjustment.repository';
import { StatementLineRepository } from '../repositories/statement-line.repository';
import { isLedgerRefusal } from './ledger-refusal';

const PAGE_SIZE = 200;
/** Every subsidy is an adjustment: there may be thousands of them. */
const PAGES_MAX = 500;
const AT_ONCE = 4;

const log = logger('settlement');

/** Posts adjustments to the ledger, each once, and lets them wait for their merchants' next batches. */
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

  /**
   * Posts what is not posted yet: subsidies 反馈补贴 that were earned, and what stopped half-way. What the ledger refuses is named in the
   * log and holds up nothing else.
   * @throws what is worth another try, such as a ledger that cannot be reached
   */
  async postCreated(): Promise<void> {
    let after = '';
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const created = await this.adjustments.listUnposted(PAGE_SIZE, after);
      for (let start = 0; start < created.length; start += AT_ONCE) {
        await Promise.all(
          created.slice(start, start + AT_ONCE).map((adjustment) => this.postUnlessRefused(adjustment)),
        );
      }
      if (created.length < PAGE_SIZE) return;
      after = created.at(-1)!.adjustmentId;
    }
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

  private async postUnlessRefused(adjustment: Adjustment): Promise<void> {
    try {
      await this.post(adjustment);
    } catch (error) {
      if (!isLedgerRefusal(error)) throw error;
      log.error({ err: error, adjustmentId: adjustment.adjustmentId }, 'the ledger refused an adjustment');
    }
  }
}
