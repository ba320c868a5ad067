import { Injectable } from '@nestjs/common';
import type { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import type { LeadAccepted, LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import { notFound } from '@tidegate/errors';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import type { DecisionRecord } from '../../domain/decision';
import { textOf } from '../../domain/fact-data';
import { OUTCOMES, type Outcome } from '../../domain/outcome';
import { CapacityMover, type CapacityMove } from '../../engine/capacity-mover';
import { ModelRegistry } from '../../engine/model-registry';
import { OutcomeRecorder, type ToldOutcome } from '../../engine/outcome-recorder';

const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);

/** Fact type by which bank systems tell what came of a campaign, beside those that teach a model slot. */
const CAMPAIGN_OUTCOME = 'campaign-outcome';

/** As far as a unit may be promised for a lead that moves. */
const HORIZON_DAYS = 1;

const toEnd = ({ lead }: LeadClosed): CapacityMove[] =>
  lead && lead.decisionId !== '' && lead.moveCount > 0
    ? [
        {
          decisionId: lead.decisionId,
          queue: lead.queue,
          owner: { personId: '', teamId: '' },
          leadMoveCount: lead.moveCount,
          isOnlyElsewhere: true,
        },
      ]
    : [];

/** A fact about one customer says nothing of another's decision. */
function checkIsOf(customerId: string, decision: DecisionRecord): void {
  if (decision.customerId !== customerId)
    throw notFound('DECISION_NOT_FOUND', 'The customer has no decision of this id.');
}

/** Takes in what the executing services, and bank systems, say came of decisions. Leads and messages without a decision concern nobody here. */
@Injectable()
export class RecordToldOutcomesUseCase {
  constructor(
    private readonly recorder: OutcomeRecorder,
    private readonly mover: CapacityMover,
    private readonly models: ModelRegistry,
    private readonly clock: Clock,
  ) {}

  /** The unit is used where the lead ended, also when its way there was not heard of yet. */
  async leadsClosed(events: readonly LeadClosed[], tx: Transaction): Promise<void> {
    await this.mover.moveAll(events.flatMap(toEnd), { horizonDays: HORIZON_DAYS, otherwise: 'none' }, tx);
    await this.record(
      events.map((told) => [told.lead?.decisionId ?? '', told.outcome, told.closedAt]),
      tx,
    );
  }

  /** A conversation takes place: its customer is nobody else's until the lead ends, however long that takes. */
  async leadsAccepted(events: readonly LeadAccepted[], tx: Transaction): Promise<void> {
    const takenUp = events.flatMap(({ lead }) =>
      lead && lead.decisionId !== '' ? [{ decisionId: lead.decisionId, at: lead.acceptedAt ?? this.clock.now() }] : [],
    );
    if (takenUp.length > 0) await this.recorder.takeUpAll(takenUp, tx);
  }

  async delivered(events: readonly MessageDelivered[], tx: Transaction): Promise<void> {
    await this.record(
      events.map((told) => [told.decisionId, 'delivered', told.deliveredAt]),
      tx,
    );
  }

  async marked(events: readonly MessageMarked[], tx: Transaction): Promise<void> {
    await this.record(
      events.map((told) => [told.decisionId, told.outcome, told.markedAt]),
      tx,
    );
  }

  /** What was never delivered was no contact. */
  async failed(events: readonly DeliveryFailed[], tx: Transaction): Promise<void> {
    await this.record(
      events.map((told) => [told.decisionId, 'released', told.failedAt]),
      tx,
    );
  }

  /** What a bank system says came of a decision of the fact's customer; `delivered` is said by delivery alone. */
  async facts(events: readonly FactRecorded[], tx: Transaction): Promise<void> {
    const outcomes = events.flatMap((fact): ToldOutcome[] => {
      const decisionId = textOf(fact.data, 'decisionId', 'decision_id');
      const outcome = textOf(fact.data, 'outcome');
      if (decisionId === '' || !isOutcome(outcome) || outcome === 'delivered') return [];
      if (fact.factType !== CAMPAIGN_OUTCOME && this.models.taughtBy(fact.factType).length === 0) return [];
      const at = fact.occurredAt ?? fact.acceptedAt ?? this.clock.now();
      return [{ decisionId, outcome, at, authorize: (decision) => checkIsOf(fact.customerId, decision) }];
    });
    if (outcomes.length > 0) await this.recorder.recordAll(outcomes, tx);
  }

  private async record(told: readonly [string, string, Date | undefined][], tx: Transaction): Promise<void> {
    const outcomes = told.flatMap(([decisionId, outcome, at]): ToldOutcome[] =>
      decisionId !== '' && isOutcome(outcome) ? [{ decisionId, outcome, at: at ?? this.clock.now() }] : [],
    );
    if (outcomes.length > 0) await this.recorder.recordAll(outcomes, tx);
  }
}
