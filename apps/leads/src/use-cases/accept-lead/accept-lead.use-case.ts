import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Lead } from '../../domain/lead';
import type { SeatUser } from '../../domain/seat';
import type { AcceptLeadInput } from './accept-lead.request';

/** A seat takes the lead that it was offered. */
@Injectable()
export class AcceptLeadUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /** @throws LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, NOT_OFFERED_TO_SEAT, OFFER_EXPIRED, REQUEST_ID_REUSED */
  async execute({ requestId, leadId, seatId }: AcceptLeadInput, user: SeatUser): Promise<Lead | undefined> {
    return (await this.desk.submit({ kind: 'accept', requestId, answer: { leadId, seatId, user } })).lead;
  }
}
