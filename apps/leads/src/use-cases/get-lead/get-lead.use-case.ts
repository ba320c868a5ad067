import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { isOver, leadNotFound, type Lead } from '../../domain/lead';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';
import { LeadBriefReader, type LeadBrief } from './lead-brief';

/** A lead with the workbench brief: why this customer, the script, the timeline, the wallet. */
@Injectable()
export class GetLeadUseCase {
  constructor(
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
    private readonly brief: LeadBriefReader,
  ) {}

  /**
   * Open to the agent whose seat has the lead, and to staff of its organisation. Once it has ended it entitles to nothing of the customer beyond
   * itself: he may have moved to another part of the organisation. @throws LEAD_NOT_FOUND, ORG_OUT_OF_SCOPE
   */
  async execute(leadId: string, actor: Actor): Promise<{ lead: Lead; brief: LeadBrief }> {
    const lead = await this.leads.find(leadId);
    if (!lead) throw leadNotFound(leadId);
    const seat = lead.seatId === '' ? undefined : await this.seats.find(lead.seatId);
    if (seat?.agentId !== actor.id) requireOrgScope(actor, lead.orgPath);
    const isInOwnName = isOver(lead) && actor.kind === 'staff';
    return { lead, brief: await this.brief.read(lead, { agentName: seat?.agentId ?? actor.id, isInOwnName }) };
  }
}
