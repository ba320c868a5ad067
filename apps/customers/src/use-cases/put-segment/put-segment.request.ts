import { Type } from 'class-transformer';
import { Allow, IsBoolean, IsDefined, IsInt, Length, Matches, Min, ValidateNested } from 'class-validator';
import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';

export class SegmentInput {
  /** Empty: the platform gives one. */
  @Matches(/^([a-z0-9]+(-[a-z0-9]+)*)?$/)
  @Length(0, 64)
  segmentId!: string;

  @Length(1, 100)
  name!: string;

  /** Read by the rules' own parser. */
  @Allow()
  rule!: unknown;

  @Length(1, ORG_PATH_LENGTH_MAX)
  @Matches(/^[A-Za-z0-9][A-Za-z0-9_-]*(\/[A-Za-z0-9][A-Za-z0-9_-]*){0,9}$/)
  orgPath!: string;

  /** That was read; 0 replaces whichever there is. */
  @IsInt()
  @Min(0)
  version!: number;
}

export class PutSegmentInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => SegmentInput)
  segment!: SegmentInput;

  /** Replaces nothing. */
  @IsBoolean()
  isNew!: boolean;
}
