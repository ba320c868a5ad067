import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { givenTo, newOwners, ownerKey, type LeadOwner } from '../../domain/lead-owner';
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
    const ownerOf = new Map(fresh.map((owner) => [ownerKey(owner), owner]));
    const unaccepted = await this.leads.listUnaccepted([...new Set(fresh.map(({ customerId }) => customerId))], tx);
    const open = unaccepted.filter((lead) => ownerOf.has(ownerKey(lead)));
    if (open.length === 0) return;
    const seats = await this.seats.listOfAgents([...new Set(fresh.map(({ agentId }) => agentId))], tx);
    const moved = open.map((lead) => {
      const owner = ownerOf.get(ownerKey(lead))!;
      return givenTo(lead, owner, seatOfAgent(seats, owner.agentId, lead.queue));
    });
    await this.leads.saveMany(moved, tx);
  }
}
