import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ARBITRATION_CLIENT, MERCHANT_CHANNEL, type ArbitrationClient } from '../../arbitration-client';
import { requireOutcomeInTime } from '../../domain/till-visit';
import { TillVisits } from '../../till-visits';
import type { RecordTillOutcomeInput } from './record-till-outcome.request';

/** Tells what came of an action that a till was given for one of its redemptions; once per outcome, so a repeat is safe. */
@Injectable()
export class RecordTillOutcomeUseCase {
  constructor(
    private readonly visits: TillVisits,
    private readonly clock: Clock,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
  ) {}

  /** @throws DECISION_NOT_FOUND, also for a decision about somebody else or for another channel; OUTCOME_TOO_LATE and those of TillVisits.get */
  async execute(input: RecordTillOutcomeInput, actor: Actor): Promise<string[]> {
    const { requestId, decisionId, outcome } = input;
    const visit = await this.visits.get(input, actor);
    requireOutcomeInTime(visit, this.clock.now());
    const { decision } = await this.arbitration.getDecision({ decisionId });
    if (decision?.customerId !== visit.customerId || decision.channel !== MERCHANT_CHANNEL) {
      throw notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
    }
    const recorded = await this.arbitration.recordOutcome({ requestId, decisionId, outcome, occurredAt: undefined });
    return recorded.decision?.outcomes ?? [];
  }
}
