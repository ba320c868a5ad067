import { Injectable } from '@nestjs/common';
import type { Decision } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Transaction } from '@tidegate/mongo';
import { LeadDesk } from '../../desk/lead-desk';
import { LeadMaker, leadIdOfDecision } from '../../desk/lead-maker';

/**
 * Withdraws the leads of decisions that were retracted from seats and queues. One that is heard of before its decision makes the lead and ends it in
 * one transaction, so that nothing is made of the decision when it comes.
 */
@Injectable()
export class RetractLeadsUseCase {
  constructor(
    private readonly maker: LeadMaker,
    private readonly desk: LeadDesk,
  ) {}

  /** @throws QUEUE_NOT_FOUND as for the decision itself */
  async execute(decisions: readonly Decision[], tx: Transaction): Promise<void> {
    const reasons = new Map(
      decisions.flatMap((decision) => {
        const leadId = leadIdOfDecision(decision);
        return leadId === undefined ? [] : [[leadId, decision.retractedReason] as const];
      }),
    );
    if (reasons.size === 0) return;
    await this.maker.makeAll(decisions, tx);
    await this.desk.within({ kind: 'retract', reasons }, tx);
  }
}
