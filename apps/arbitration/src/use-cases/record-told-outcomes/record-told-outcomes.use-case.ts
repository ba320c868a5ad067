import { Injectable } from '@nestjs/common';
import type { LeadClosed } from '@tidegate/contracts/leads/v1/leads_events';
import type { DeliveryFailed, MessageDelivered, MessageMarked } from '@tidegate/contracts/delivery/v1/delivery_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { OUTCOMES, type Outcome } from '../../domain/outcome';
import { CapacityMover, type CapacityMove } from '../../engine/capacity-mover';
import { OutcomeRecorder, type ToldOutcome } from '../../engine/outcome-recorder';

const isOutcome = (text: string): text is Outcome => (OUTCOMES as readonly string[]).includes(text);

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

/** Takes in what the executing services say came of decisions. Leads and messages without a decision concern nobody here. */
@Injectable()
export class RecordToldOutcomesUseCase {
  constructor(
    private readonly recorder: OutcomeRecorder,
    private readonly mover: CapacityMover,
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

  private async record(told: readonly [string, string, Date | undefined][], tx: Transaction): Promise<void> {
    const outcomes = told.flatMap(([decisionId, outcome, at]): ToldOutcome[] =>
      decisionId !== '' && isOutcome(outcome) ? [{ decisionId, outcome, at: at ?? this.clock.now() }] : [],
    );
    if (outcomes.length > 0) await this.recorder.recordAll(outcomes, tx);
  }
}
