import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Lead } from '../../domain/lead';
import type { SeatUser } from '../../domain/seat';
import type { ReleaseLeadInput } from './release-lead.request';

/** Ends a lead that is stuck, or has a call-back at another time. */
@Injectable()
export class ReleaseLeadUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /** @throws LEAD_NOT_FOUND, LEAD_NOT_YOURS, LEAD_MOVE_NOT_ALLOWED, CALL_BACK_TIME_INVALID, REQUEST_ID_REUSED */
  async execute({ requestId, ...release }: ReleaseLeadInput, user: SeatUser): Promise<Lead | undefined> {
    return (await this.desk.submit({ kind: 'release', requestId, release: { ...release, user } })).lead;
  }
}
