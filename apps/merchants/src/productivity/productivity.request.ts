import { Type } from 'class-transformer';
import { IsDefined, IsIn, Length, Matches, ValidateNested } from 'class-validator';
import { ORG_PATH_PATTERN } from '../domain/org-unit';
import { OPTIONAL_ID_PATTERN } from '../id-pattern';
import { PageInput } from '../page.request';
import { MEASURES, ROW_KINDS, type Measure, type RowKind } from './domain/productivity';

export class CircleInput {
  /** Empty: the platform gives one. */
  @Matches(OPTIONAL_ID_PATTERN)
  circleId!: string;

  @Length(1, 100)
  name!: string;

  @Matches(ORG_PATH_PATTERN)
  orgPath!: string;
}

export class PutCircleInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => CircleInput)
  circle!: CircleInput;
}

export class ListProductivityInput extends PageInput {
  @IsIn(ROW_KINDS)
  kind!: RowKind;

  /** Empty: this one. */
  @Matches(/^(\d{4}-(0[1-9]|1[0-2]))?$/)
  month!: string;

  /** Empty: redemptions. */
  @IsIn(['', ...MEASURES])
  orderBy!: Measure | '';
}
