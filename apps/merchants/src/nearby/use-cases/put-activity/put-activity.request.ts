import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsDate,
  IsDefined,
  IsISO8601,
  IsLatitude,
  IsLongitude,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';
import { ORG_PATH_PATTERN } from '../../../domain/org-unit';
import { OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { OpeningHoursInput } from '../../../opening-hours.request';

export class ActivityInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  activityId!: string;

  @Length(1, 100)
  name!: string;

  @Length(0, 1_000)
  description!: string;

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  storeId!: string;

  @IsLongitude()
  longitude!: number;

  @IsLatitude()
  latitude!: number;

  @IsDate()
  startsAt!: Date;

  @IsDate()
  endsAt!: Date;

  @ArrayMaxSize(28)
  @ValidateNested({ each: true })
  @Type(() => OpeningHoursInput)
  openingHours!: OpeningHoursInput[];

  @ArrayMaxSize(100)
  @ArrayUnique()
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { each: true })
  @IsISO8601({ strict: true }, { each: true })
  closedDates!: string[];

  @Matches(OPTIONAL_ID_PATTERN)
  stockId!: string;

  @Matches(OPTIONAL_ID_PATTERN)
  planId!: string;
}

export class PutActivityInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ActivityInput)
  activity!: ActivityInput;
}
