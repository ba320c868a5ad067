import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsBoolean,
  IsDefined,
  IsInt,
  IsOptional,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { DAY_MINUTES } from '../../domain/shift';

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

export class MinuteSpanInput {
  @IsInt()
  @Min(0)
  @Max(DAY_MINUTES - 1)
  fromMinute!: number;

  @IsInt()
  @Min(1)
  @Max(DAY_MINUTES)
  toMinute!: number;
}

export class ShiftExceptionInput {
  @Matches(DAY)
  day!: string;

  @IsOptional()
  @ValidateNested()
  @Type(() => MinuteSpanInput)
  hours?: MinuteSpanInput;
}

export class ShiftInput {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/)
  shiftId!: string;

  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/)
  queue!: string;

  @Matches(/^[^|@\s]{1,128}$/)
  personId!: string;

  @Matches(/^[^|@\s]{0,64}$/)
  teamId!: string;

  @ArrayMinSize(1)
  @ArrayMaxSize(7)
  @ArrayUnique()
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(7, { each: true })
  weekdays!: number[];

  @IsDefined()
  @ValidateNested()
  @Type(() => MinuteSpanInput)
  hours!: MinuteSpanInput;

  @ArrayMaxSize(8)
  @ValidateNested({ each: true })
  @Type(() => MinuteSpanInput)
  breaks!: MinuteSpanInput[];

  @IsInt()
  @Min(0)
  @Max(1_000)
  unitsPerHour!: number;

  @IsInt()
  @Min(0)
  @Max(DAY_MINUTES)
  minutesPerContact!: number;

  @IsBoolean()
  followsCalendar!: boolean;

  @Matches(DAY)
  firstDay!: string;

  /** Empty for no end. */
  @Matches(/^(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))?$/)
  lastDay!: string;

  @ArrayMaxSize(100)
  @ArrayUnique(({ day }: ShiftExceptionInput) => day)
  @ValidateNested({ each: true })
  @Type(() => ShiftExceptionInput)
  exceptions!: ShiftExceptionInput[];
}

export class PutShiftInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ShiftInput)
  shift!: ShiftInput;
}
