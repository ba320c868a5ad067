import { Type } from 'class-transformer';
import { IsDate, IsDefined, IsLatitude, IsLongitude, Length, Matches, ValidateNested } from 'class-validator';
import { ORG_PATH_PATTERN } from '../../../domain/org-unit';
import { OPTIONAL_ID_PATTERN } from '../../../id-pattern';
import { OpeningInput } from '../../../opening-hours.request';

export class ActivityInput extends OpeningInput {
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
