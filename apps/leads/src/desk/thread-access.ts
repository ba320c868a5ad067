import { Inject, Injectable } from '@nestjs/common';
import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { invalid } from '@tidegate/errors';
import { requireOrgScope, requireSelf, type Client } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { isOver, leadNotFound, type Lead } from '../domain/lead';
import { CUSTOMERS_CLIENT } from '../leads.peers';
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
    @Inject(CUSTOMERS_CLIENT) private readonly customers: Client<typeof CustomersServiceService>,
  ) {}

  /**
   * The customer that is meant: of a lead for the agent whose seat has it and staff of its organisation, himself for a customer. A lead that has
   * ended entitles to nothing: whoever names it must see the customer without it, as `customers` says in his own name.
   * @throws VALIDATION_FAILED, LEAD_NOT_FOUND, ORG_OUT_OF_SCOPE, NOT_YOURS
   */
  async customerOf(of: ThreadOf, actor: Actor): Promise<string> {
    return (await this.seenBy(of, actor)).customerId;
  }

  /**
   * Whose thread is read: who serves a lead reads that of the whole person, so that nothing is asked twice; of a lead that has ended the caller reads
   * what he sees of the person, and a customer what was said under his own profile. @throws as `customerOf`
   */
  async profilesOf(of: ThreadOf, actor: Actor): Promise<readonly string[]> {
    const { customerId, otherCustomerIds } = await this.seenBy(of, actor);
    if (otherCustomerIds !== undefined) return [customerId, ...otherCustomerIds];
    return this.links.profilesOf(customerId);
  }

  /** The customer, and his person's other profiles where no more than some are seen. */
  private async seenBy(
    { leadId, customerId }: ThreadOf,
    actor: Actor,
  ): Promise<{ customerId: string; otherCustomerIds?: string[] }> {
    if (actor.kind === 'customer' || (actor.kind === 'service' && leadId === '')) {
      requireSelf(actor, customerId);
      return actor.kind === 'customer' ? { customerId, otherCustomerIds: [] } : { customerId };
    }
    if (leadId === '') throw invalid([{ field: 'leadId', description: 'staff name the lead that it is about' }]);
    const lead = await this.leadOf(leadId, actor);
    if (actor.kind !== 'staff' || !isOver(lead)) return { customerId: lead.customerId };
    const seen = { customerId: lead.customerId, externalId: '' };
    return { ...seen, otherCustomerIds: (await this.customers.getCustomer(seen)).otherCustomerIds };
  }

  private async leadOf(leadId: string, actor: Actor): Promise<Lead> {
    const lead = await this.leads.find(leadId);
    if (!lead) throw leadNotFound(leadId);
    const seat = lead.seatId === '' ? undefined : await this.seats.find(lead.seatId);
    if (seat?.agentId !== actor.id) requireOrgScope(actor, lead.orgPath);
    return lead;
  }
}

/** A lead for staff, an own id for a customer. */
interface ThreadOf {
  leadId: string;
  customerId: string;
}
