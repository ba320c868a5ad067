import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsIn,
  IsInt,
  IsNotEmptyObject,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { SEAT_CAPACITY_MAX, SEAT_STATES, type SeatState } from '../../domain/seat';

export class SeatInput {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/)
  seatId!: string;

  @Length(1, 128)
  agentId!: string;

  @Matches(/^[a-z0-9-]+(\/[a-z0-9-]+){0,5}$/)
  orgPath!: string;

  @Matches(/^[^|@\s]{0,64}$/)
  teamId!: string;

  @ArrayMaxSize(20)
  @ArrayUnique()
  @Length(1, 64, { each: true })
  queues!: string[];

  @ArrayMaxSize(50)
  @ArrayUnique()
  @Length(1, 64, { each: true })
  skills!: string[];

  @IsInt()
  @Min(1)
  @Max(SEAT_CAPACITY_MAX)
  capacity!: number;

  /** Empty: as it was; a new seat starts away. */
  @IsIn(['', ...SEAT_STATES])
  state!: SeatState | '';
}

export class PutSeatInput {
  @Length(1, 128)
  requestId!: string;

  @IsNotEmptyObject()
  @ValidateNested()
  @Type(() => SeatInput)
  seat!: SeatInput;
}
