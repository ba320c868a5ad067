import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireStaffOf } from '../../../merchant-access';
import { withdrawReconciliation, type Reconciliation } from '../../domain/reconciliation';
import { ReconciliationRepository } from '../../repositories/reconciliation.repository';
import { reconciliationNotFound } from '../../settlement.errors';
import type { WithdrawReconciliationInput } from './withdraw-reconciliation.request';

/** Withdraws a reconciliation whose file was the wrong one: its open differences leave the work list with it, all at once. */
@Injectable()
export class WithdrawReconciliationUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly reconciliations: ReconciliationRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws RECONCILIATION_NOT_FOUND, RECONCILIATION_WITHDRAWN, ORG_OUT_OF_SCOPE, STAFF_ONLY, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: WithdrawReconciliationInput, actor: Actor): Promise<Reconciliation> {
    const { reconciliationId, comment } = input;
    const known = await this.reconciliations.find(reconciliationId);
    if (!known) throw reconciliationNotFound();
    requireStaffOf(actor, known.orgPath);
    return this.mongo.once({ scope: 'withdraw-reconciliation', requestId, input }, async (tx) => {
      const current = await this.reconciliations.find(reconciliationId, tx);
      if (!current) throw reconciliationNotFound();
      const withdrawn = withdrawReconciliation(current);
      const closing = { comment, resolvedBy: actor.id, resolvedAt: this.clock.now() };
      await this.reconciliations.withdrawDifferences(reconciliationId, closing, tx);
      await this.reconciliations.save(withdrawn, tx);
      return withdrawn;
    });
  }
}
