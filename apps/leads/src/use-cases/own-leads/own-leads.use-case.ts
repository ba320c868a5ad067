import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { newOwners, ownerKey, type LeadOwner } from '../../domain/lead-owner';
import { seatOfAgent } from '../../domain/seat';
import { LeadOwnerRepository } from '../../repositories/lead-owner.repository';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';

/** Keeps who has which customer by a name list; leads that nobody accepted yet follow him. */
@Injectable()
export class OwnLeadsUseCase {
  constructor(
    private readonly owners: LeadOwnerRepository,
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
  ) {}

  async execute(told: readonly LeadOwner[], tx: Transaction): Promise<void> {
    const known = await this.owners.findMany(told, tx);
    const fresh = newOwners(known, told);
    if (fresh.length === 0) return;
    await this.owners.saveMany(fresh, known, tx);
    const agentOf = new Map(fresh.map((owner) => [ownerKey(owner), owner.agentId]));
    const open = (await this.leads.listUnaccepted([...new Set(fresh.map(({ customerId }) => customerId))], tx)).filter(
      (lead) => agentOf.has(ownerKey(lead)),
    );
    if (open.length === 0) return;
    const seats = await this.seats.listOfAgents([...new Set(agentOf.values())], tx);
    const moved = open.map((lead) => ({
      ...lead,
      preferredSeatId: seatOfAgent(seats, agentOf.get(ownerKey(lead)) ?? '', lead.queue)?.seatId ?? '',
    }));
    await this.leads.saveMany(moved, tx);
  }
}
