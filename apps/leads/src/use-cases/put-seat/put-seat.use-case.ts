import { Injectable } from '@nestjs/common';
import { LeadDesk } from '../../desk/lead-desk';
import type { Seat, SeatUser } from '../../domain/seat';
import type { PutSeatInput } from './put-seat.request';

/** Sets up a seat 坐席; its open leads stay with it. */
@Injectable()
export class PutSeatUseCase {
  constructor(private readonly desk: LeadDesk) {}

  /** @throws QUEUE_NOT_FOUND, QUEUE_OF_OTHER_ORG, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, seat }: PutSeatInput, user: SeatUser): Promise<Seat | undefined> {
    return (await this.desk.submit({ kind: 'put-seat', requestId, terms: { ...seat }, user })).seat;
  }
}
