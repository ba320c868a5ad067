import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireStaffOf } from '../../../merchant-access';
import { resolveDifference, type Difference } from '../../domain/reconciliation';
import { AdjustmentRepository } from '../../repositories/adjustment.repository';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import { adjustmentNotFound, differenceNotFound } from '../../settlement.errors';
import type { ResolveDifferenceInput } from './resolve-difference.request';

/** Takes a difference off the work list, with what was found out. */
@Injectable()
export class ResolveDifferenceUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly reconciliations: ReconciliationRepository,
    private readonly adjustments: AdjustmentRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws DIFFERENCE_NOT_FOUND, DIFFERENCE_RESOLVED, ADJUSTMENT_NOT_FOUND, ORG_OUT_OF_SCOPE, STAFF_ONLY, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: ResolveDifferenceInput, actor: Actor): Promise<Difference> {
    const known = await this.reconciliations.findDifference(input.differenceId);
    if (!known) throw differenceNotFound();
    requireStaffOf(actor, known.orgPath);
    return this.mongo.once({ scope: 'resolve-difference', requestId, input }, async (tx) => {
      const difference = await this.reconciliations.findDifference(input.differenceId, tx);
      const reconciliation = await this.reconciliations.find(known.reconciliationId, tx);
      if (!difference || !reconciliation) throw differenceNotFound();
      if (input.adjustmentId !== '') {
        const adjustment = await this.adjustments.find(input.adjustmentId, tx);
        if (adjustment?.merchantId !== difference.merchantId) throw adjustmentNotFound();
      }
      const resolved = resolveDifference(difference, input, { resolvedBy: actor.id, now: this.clock.now() });
      await this.reconciliations.saveDifference(resolved, tx);
      // One that never ended has counted none.
      const openDifferenceCount = Math.max(0, reconciliation.openDifferenceCount - 1);
      await this.reconciliations.save({ ...reconciliation, openDifferenceCount }, tx);
      return resolved;
    });
  }
}
