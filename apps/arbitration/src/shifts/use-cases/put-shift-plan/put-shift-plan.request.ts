import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, Length, Matches, Max, Min, ValidateNested } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { HORIZON_DAYS_MAX } from '../../../domain/capacity-window';
import { SLOT_MINUTES } from '../../domain/shift';

export class ShiftPlanInput {
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/)
  queue!: string;

  @Matches(/^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/)
  @Length(1, ORG_PATH_LENGTH_MAX)
  orgPath!: string;

  @IsIn(SLOT_MINUTES)
  slotMinutes!: number;

  @IsInt()
  @Min(1)
  @Max(HORIZON_DAYS_MAX)
  daysAhead!: number;
}

export class PutShiftPlanInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ShiftPlanInput)
  plan!: ShiftPlanInput;
}
