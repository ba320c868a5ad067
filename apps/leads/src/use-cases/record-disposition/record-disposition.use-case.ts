import { Inject, Injectable } from '@nestjs/common';
import type { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { DomainError } from '@tidegate/errors';
import type { Client } from '@tidegate/grpc';
import { LeadDesk } from '../../desk/lead-desk';
import { DISPOSITIONS, isDisposition } from '../../domain/disposition';
import type { Lead } from '../../domain/lead';
import { checkMayUse, type SeatUser } from '../../domain/seat';
import { asService, CUSTOMERS_CLIENT } from '../../leads.peers';
import { LeadRepository } from '../../repositories/lead.repository';
import { SeatRepository } from '../../repositories/seat.repository';
import type { RecordDispositionInput } from './record-disposition.request';

/** Ends a lead with what came of it, or promises a call-back; the freed seat gets its next lead in the same commit. */
@Injectable()
export class RecordDispositionUseCase {
  constructor(
    private readonly desk: LeadDesk,
    private readonly leads: LeadRepository,
    private readonly seats: SeatRepository,
    @Inject(CUSTOMERS_CLIENT) private readonly customers: Client<typeof CustomersServiceService>,
  ) {}

  /**
   * @throws DISPOSITION_UNKNOWN, CONTACT_RETRACTED, CALL_BACK_TIME_INVALID, CALL_BACKS_USED_UP, LEAD_NOT_FOUND, SEAT_NOT_FOUND, SEAT_NOT_YOURS,
   * LEAD_MOVE_NOT_ALLOWED, REQUEST_ID_REUSED, and what customers said when it could not open a complaint
   */
  async execute(input: RecordDispositionInput, user: SeatUser): Promise<Lead | undefined> {
    const { requestId, leadId, seatId, disposition, note, callBackAt } = input;
    if (!isDisposition(disposition)) throw unknownDisposition();
    if (disposition === 'complaint') await this.openComplaint(leadId, seatId, note, user);
    const answer = {
      leadId,
      seatId,
      user,
      disposition,
      note,
      callBackAt: disposition === 'call_back' ? callBackAt : undefined,
    };
    return (await this.desk.submit({ kind: 'dispose', requestId, answer })).lead;
  }

  /**
   * Opened before the lead is closed, because promotion must stop at once: when customers cannot be reached, the agent is
   * told and tries again. The lead's own request id makes a second try find the same complaint, also when the agent words his note anew.
   */
  private async openComplaint(leadId: string, seatId: string, note: string, user: SeatUser): Promise<void> {
    const [lead, seat] = await Promise.all([this.leads.find(leadId), this.seats.find(seatId)]);
    // Whatever does not fit is refused by the desk, or is a repeat of what is done already.
    if (!lead || !seat || lead.state !== 'accepted' || lead.seatId !== seatId) return;
    checkMayUse(seat, user);
    const subject = (note || `Complaint about ${lead.title || 'a contact'}`).slice(0, 200);
    try {
      await asService(() =>
        this.customers.openComplaint({ requestId: `complaint-${leadId}`, customerId: lead.customerId, subject }),
      );
    } catch (err) {
      // It was opened with other words by a try of before.
      if (!(err instanceof DomainError && err.reason === 'REQUEST_ID_REUSED')) throw err;
    }
  }
}

const unknownDisposition = (): DomainError =>
  new DomainError({
    code: 'INVALID_ARGUMENT',
    reason: 'DISPOSITION_UNKNOWN',
    message: 'There is no such disposition.',
    violations: [{ field: 'disposition', description: `must be one of ${DISPOSITIONS.join(', ')}` }],
  });
