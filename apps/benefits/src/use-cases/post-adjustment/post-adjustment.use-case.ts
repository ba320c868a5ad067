import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { adjust, requireSamePostings } from '../../domain/adjustment';
import { LedgerRepository } from '../../repositories/ledger.repository';
import type { PostAdjustmentInput } from './post-adjustment.request';

/** Posts a correction of what a merchant is owed, once: the adjustment's id is in the ledger transaction's. */
@Injectable()
export class PostAdjustmentUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly ledger: LedgerRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, ADJUSTMENT_EXISTS, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: PostAdjustmentInput): Promise<{ transactionId: string }> {
    return this.mongo.once({ scope: 'post-adjustment', requestId, input }, async (tx) => {
      const transaction = adjust(input, this.clock.now());
      const { transactionId } = transaction;
      const existing = await this.ledger.find(transactionId, tx);
      if (existing) requireSamePostings(existing, transaction);
      else await this.ledger.addMany([transaction], tx);
      return { transactionId };
    });
  }
}
