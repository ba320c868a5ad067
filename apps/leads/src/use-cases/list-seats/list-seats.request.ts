import { IsIn, IsInt, Length, Max, Min } from 'class-validator';
import { SEAT_STATES, type SeatState } from '../../domain/seat';

export class ListSeatsInput {
  /** Empty for all. */
  @Length(0, 64)
  queue!: string;

  /** Empty for all. */
  @IsIn(['', ...SEAT_STATES])
  state!: SeatState | '';

  @IsInt()
  @Min(0)
  @Max(200)
  pageSize!: number;

  @Length(0, 500)
  pageToken!: string;
}
