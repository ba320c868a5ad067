import { Injectable } from '@nestjs/common';
import type { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { toLeadEvent } from '../../desk/lead-events';
import { followCapacity, lastMoves, type CapacityMove } from '../../domain/capacity-move';
import { leadIdOf, type Lead } from '../../domain/lead';
import { teamIn } from '../../domain/seat';
import { EarlyCapacityMoveRepository } from '../../repositories/early-capacity-move.repository';
import { LeadRepository } from '../../repositories/lead.repository';
import { QueueRepository } from '../../repositories/queue.repository';
import { SeatRepository } from '../../repositories/seat.repository';

/**
 * Follows people's time that moved: a lead that nobody took up yet waits for its new slot, or ends when none is left for it. A move that is
 * out of date changes nothing; one that is heard of before its decision waits for the lead.
 */
@Injectable()
export class PromiseLeadsUseCase {
  constructor(
    private readonly leads: LeadRepository,
    private readonly queues: QueueRepository,
    private readonly seats: SeatRepository,
    private readonly early: EarlyCapacityMoveRepository,
    private readonly clock: Clock,
  ) {}

  async execute(told: readonly CapacityMoved[], tx: Transaction): Promise<void> {
    const moves = lastMoves(told.map(toMove));
    const leads = await this.leads.findMany(
      moves.map(({ leadId }) => leadId),
      tx,
    );
    const queues = await this.queues.findMany([...new Set([...leads.values()].map(({ queue }) => queue))], tx);
    const seats = await this.seats.listOfTeams(
      moves.map(({ teamId }) => teamId),
      tx,
    );
    const now = this.clock.now();
    const early = moves.filter(({ leadId }) => !leads.has(leadId));
    await this.leads.keepOut(
      early.map(({ leadId }) => leadId),
      tx,
    );
    await this.early.keep(early, now, tx);
    const changed: Lead[] = [];
    for (const move of moves) {
      const lead = leads.get(move.leadId);
      const queue = lead && queues.get(lead.queue);
      if (!lead || !queue) continue;
      const followed = followCapacity(lead, queue, { ...move, teamId: teamIn(seats, move.teamId, queue) }, now);
      if (followed.lead === lead) continue;
      changed.push(followed.lead);
      if (followed.outcome) tx.emit(toLeadEvent({ kind: 'closed', lead: followed.lead, outcome: followed.outcome }));
    }
    await this.leads.saveMany(changed, tx);
  }
}

const toMove = ({ decisionId, promisedAt, queue, teamId, isReleased, moveCount }: CapacityMoved): CapacityMove => ({
  leadId: leadIdOf(decisionId),
  promisedAt,
  queue,
  teamId,
  isReleased,
  moveCount,
});
