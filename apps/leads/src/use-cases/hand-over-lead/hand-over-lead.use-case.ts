import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Lead } from '../../domain/lead';
import type { SeatUser } from '../../domain/seat';
import type { HandOverLeadInput } from './hand-over-lead.request';

/** Hands an accepted lead 交接 to another queue; whoever goes on has all that was said. */
@Injectable()
export class HandOverLeadUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /**
   * @throws LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, CONTACT_RETRACTED, QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG,
   * REQUEST_ID_REUSED
   */
  async execute({ requestId, ...answer }: HandOverLeadInput, user: SeatUser): Promise<Lead | undefined> {
    return (await this.desk.submit({ kind: 'hand-over', requestId, answer: { ...answer, user } })).lead;
  }
}
