import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope, requireSelf } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { leadNotFound } from '../domain/lead';
import { LeadRepository } from '../repositories/lead.repository';
import { PersonLinkRepository } from '@tidegate/person-links';
import { SeatRepository } from '../repositories/seat.repository';

/** Who may read and write what was said with a customer. */
@Injectable()
export class ThreadAccess {
  constructor(
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
    private readonly links: PersonLinkRepository,
  ) {}

  /**
   * The customer that is meant: of a lead for the agent whose seat has it and staff of its organisation, himself for a customer.
   * @throws VALIDATION_FAILED, LEAD_NOT_FOUND, ORG_OUT_OF_SCOPE, NOT_YOURS
   */
  async customerOf({ leadId, customerId }: { leadId: string; customerId: string }, actor: Actor): Promise<string> {
    if (actor.kind === 'customer' || (actor.kind === 'service' && leadId === '')) {
      requireSelf(actor, customerId);
      return customerId;
    }
    if (leadId === '') throw invalid([{ field: 'leadId', description: 'staff name the lead that it is about' }]);
    const lead = await this.leads.find(leadId);
    if (!lead) throw leadNotFound(leadId);
    const seat = lead.seatId === '' ? undefined : await this.seats.find(lead.seatId);
    if (seat?.agentId !== actor.id) requireOrgScope(actor, lead.orgPath);
    return lead.customerId;
  }

  /**
   * Whose thread is read: who serves a lead reads that of the whole person, so that nothing is asked twice; a customer reads what was said under
   * his own profile. @throws as `customerOf`
   */
  async profilesOf(of: { leadId: string; customerId: string }, actor: Actor): Promise<readonly string[]> {
    const customerId = await this.customerOf(of, actor);
    if (actor.kind === 'customer') return [customerId];
    return this.links.profilesOf(customerId);
  }
}
