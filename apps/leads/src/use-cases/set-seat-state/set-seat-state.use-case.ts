import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Seat, SeatUser } from '../../domain/seat';
import type { SetSeatStateInput } from './set-seat-state.request';

/** An agent comes or goes: who comes is offered leads at once, who goes gives back what was only offered. */
@Injectable()
export class SetSeatStateUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /** @throws SEAT_NOT_FOUND, SEAT_NOT_YOURS, REQUEST_ID_REUSED */
  async execute({ requestId, seatId, state }: SetSeatStateInput, user: SeatUser): Promise<Seat | undefined> {
    return (await this.desk.submit({ kind: 'seat-state', requestId, seatId, state, user })).seat;
  }
}
