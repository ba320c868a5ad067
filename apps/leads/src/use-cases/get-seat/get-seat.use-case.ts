import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { type Lead } from '../../domain/lead';
import { seatNotFound, type Seat } from '../../domain/seat';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';

/** A seat with the leads that it was offered or works, the longest open first. */
@Injectable()
export class GetSeatUseCase {
  constructor(
    private readonly seats: SeatRepository,
    private readonly leads: LeadRepository,
  ) {}

  /** @throws SEAT_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(seatId: string, actor: Actor): Promise<{ seat: Seat; openLeads: Lead[] }> {
    const seat = await this.seats.find(seatId);
    if (!seat) throw seatNotFound(seatId);
    if (seat.agentId !== actor.id) requireOrgScope(actor, seat.orgPath);
    const leads = await this.leads.findMany(seat.openLeadIds);
    return { seat, openLeads: seat.openLeadIds.flatMap((leadId) => leads.get(leadId) ?? []) };
  }
}
