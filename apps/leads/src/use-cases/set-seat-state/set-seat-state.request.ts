import { IsIn, Length } from 'class-validator';
import { SEAT_STATES, type SeatState } from '../../domain/seat';

export class SetSeatStateInput {
  @Length(1, 128)
  requestId!: string;

  @Length(1, 64)
  seatId!: string;

  @IsIn(SEAT_STATES)
  state!: SeatState;
}
