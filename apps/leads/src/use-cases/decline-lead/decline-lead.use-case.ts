import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Lead } from '../../domain/lead';
import type { SeatUser } from '../../domain/seat';
import type { DeclineLeadInput } from './decline-lead.request';

/** A seat lets an offer go; others are offered the lead first. */
@Injectable()
export class DeclineLeadUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /** @throws LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, NOT_OFFERED_TO_SEAT, OFFER_EXPIRED, REQUEST_ID_REUSED */
  async execute({ requestId, leadId, seatId, reason }: DeclineLeadInput, user: SeatUser): Promise<Lead | undefined> {
    return (await this.desk.submit({ kind: 'decline', requestId, answer: { leadId, seatId, user, reason } })).lead;
  }
}
