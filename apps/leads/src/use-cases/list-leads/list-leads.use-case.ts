import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import type { Lead } from '../../domain/lead';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';
import type { ListLeadsInput } from './list-leads.request';

/** Leads of a queue, a seat or a customer, newest first; staff see those of their organisation, an agent also his own. */
@Injectable()
export class ListLeadsUseCase {
  constructor(
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
  ) {}

  /** A page may hold fewer leads than asked for although more follow. @throws VALIDATION_FAILED, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: ListLeadsInput, actor: Actor): Promise<{ leads: Lead[]; nextPageToken: string }> {
    const { queue, seatId, customerId, state } = input;
    if (queue === '' && seatId === '' && customerId === '') {
      throw invalid([{ field: 'queue', description: 'one of queue, seatId and customerId is needed' }]);
    }
    const isOwn = seatId !== '' && (await this.isOwnSeat(seatId, actor));
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(input.pageToken);
    const after = token && { createdAt: token.at, leadId: token.id };
    const leads = await this.leads.list({ queue, seatId, customerId, state: state || undefined }, limit, after);
    const last = leads.length === limit ? leads.at(-1) : undefined;
    return {
      leads: leads.filter((lead) => isOwn || actor.kind !== 'staff' || isAtOrBelow(lead.orgPath, actor.orgPath)),
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.leadId]) : '',
    };
  }

  private async isOwnSeat(seatId: string, actor: Actor): Promise<boolean> {
    const seat = await this.seats.find(seatId);
    if (!seat) return false;
    if (seat.agentId !== actor.id) requireOrgScope(actor, seat.orgPath);
    return true;
  }
}
