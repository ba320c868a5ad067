import { Inject, Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { ARBITRATION_CLIENT, MERCHANT_CHANNEL, type ArbitrationClient } from '../../arbitration-client';
import { requireOutcomeInTime } from '../../domain/till-visit';
import { TillOfferRepository } from '../../repositories/till-offer.repository';
import { TillVisits } from '../../till-visits';
import type { RecordTillOutcomeInput } from './record-till-outcome.request';

/** Tells what came of an action that a till was given; once per outcome, so a repeat is safe. */
@Injectable()
export class RecordTillOutcomeUseCase {
  constructor(
    private readonly visits: TillVisits,
    private readonly offers: TillOfferRepository,
    private readonly clock: Clock,
    @Inject(ARBITRATION_CLIENT) private readonly arbitration: ArbitrationClient,
  ) {}

  /** @throws DECISION_NOT_FOUND, also for a decision about somebody else or for another channel; OUTCOME_TOO_LATE and those of TillVisits */
  async execute(input: RecordTillOutcomeInput, actor: Actor): Promise<string[]> {
    const { requestId, merchantId, decisionId, outcome } = input;
    await this.visits.requireOwn(merchantId, actor);
    const { customerId, since } = await this.offeredTo(input);
    requireOutcomeInTime(since, this.clock.now());
    const { decision } = await this.arbitration.getDecision({ decisionId });
    if (decision?.customerId !== customerId || decision.channel !== MERCHANT_CHANNEL) throw decisionNotFound();
    const recorded = await this.arbitration.recordOutcome({ requestId, decisionId, outcome, occurredAt: undefined });
    return recorded.decision?.outcomes ?? [];
  }

  /** To whom, and from when on its outcome may be told: by the redemption that is named, else by what the till was told. */
  private async offeredTo({
    merchantId,
    redemptionId,
    decisionId,
  }: RecordTillOutcomeInput): Promise<{ customerId: string; since: Date }> {
    if (redemptionId !== '') {
      const { customerId, visit } = await this.visits.get({ merchantId, redemptionId, holdId: '' });
      if (visit.kind === 'redemption') return { customerId, since: visit.redeemedAt };
    }
    const offer = await this.offers.find(decisionId);
    if (offer?.merchantId !== merchantId) throw decisionNotFound();
    return { customerId: offer.customerId, since: offer.offeredAt };
  }
}

const decisionNotFound = () => notFound('DECISION_NOT_FOUND', 'There is no decision of this id.');
