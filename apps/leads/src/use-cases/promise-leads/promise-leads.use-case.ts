import { Injectable } from '@nestjs/common';
import type { CapacityMoved } from '@tidegate/contracts/arbitration/v1/arbitration_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { toLeadEvent } from '../../desk/lead-events';
import { leadIdOf, type Lead } from '../../domain/lead';
import { closeUnreachable, promise } from '../../domain/lead-moves';
import { LeadRepository } from '../../repositories/lead.repository';
import { QueueRepository } from '../../repositories/queue.repository';

/** Follows people's time that moved: a lead that nobody took up yet waits for its new slot, or ends when none is left for it. */
@Injectable()
export class PromiseLeadsUseCase {
  constructor(
    private readonly leads: LeadRepository,
    private readonly queues: QueueRepository,
    private readonly clock: Clock,
  ) {}

  async execute(told: readonly CapacityMoved[], tx: Transaction): Promise<void> {
    const leads = await this.leads.findMany(
      told.map(({ decisionId }) => leadIdOf(decisionId)),
      tx,
    );
    const queues = await this.queues.findMany([...new Set([...leads.values()].map(({ queue }) => queue))], tx);
    const now = this.clock.now();
    const changed = new Map<string, Lead>();
    for (const { decisionId, promisedAt, isReleased } of told) {
      const lead = leads.get(leadIdOf(decisionId));
      const queue = lead && queues.get(lead.queue);
      if (!lead || !queue) continue;
      const moved = isReleased ? null : promise(lead, queue, promisedAt, now);
      if (isReleased && (lead.state === 'scheduled' || lead.state === 'waiting')) {
        const { lead: closed, outcome } = closeUnreachable(lead, now);
        tx.emit(toLeadEvent({ kind: 'closed', lead: closed, outcome }));
        changed.set(lead.leadId, closed);
        leads.set(lead.leadId, closed);
      } else if (moved !== null && moved !== lead) {
        changed.set(lead.leadId, moved);
        leads.set(lead.leadId, moved);
      }
    }
    await this.leads.saveMany([...changed.values()], tx);
  }
}
