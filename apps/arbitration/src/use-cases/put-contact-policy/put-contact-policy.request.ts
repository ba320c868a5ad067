import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsNumber,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { LimitScope, LimitWindow } from '../../domain/contact-policy';

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const NAME_OR_NONE = /^([a-z][a-z0-9_]{0,31})?$/;

export class ContactLimitInput {
  @IsIn(['overall', 'channel', 'group'])
  scope!: LimitScope;

  @Length(0, 64)
  key!: string;

  @IsInt()
  maxCount!: number;

  @IsInt()
  windowDays!: number;

  @IsIn(['rolling', 'calendar', 'calendar_week', 'calendar_month'])
  window!: LimitWindow;

  @IsIn(['', 'marketing', 'service'])
  purpose!: string;
}

export class QuietHoursInput {
  @Matches(NAME)
  channel!: string;

  @IsInt()
  fromMinute!: number;

  @IsInt()
  toMinute!: number;

  @IsBoolean()
  isQuietOnHolidays!: boolean;

  @IsIn(['', 'discard', 'queue'])
  mode!: '' | 'discard' | 'queue';

  @IsBoolean()
  isServiceExempt!: boolean;
}

export class ContextWeightInput {
  @Matches(NAME_OR_NONE)
  channel!: string;

  @Length(0, 128)
  moment!: string;

  @IsNumber()
  weight!: number;
}

export class SuppressionInput {
  @Matches(NAME)
  outcome!: string;

  @IsInt()
  count!: number;

  @IsInt()
  withinDays!: number;

  @IsInt()
  pauseDays!: number;

  @IsIn(['action', 'group'])
  scope!: 'action' | 'group';
}

/** Ranges and names are checked by the domain. */
export class ContactPolicyInput {
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ContactLimitInput)
  limits!: ContactLimitInput[];

  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => QuietHoursInput)
  quietHours!: QuietHoursInput[];

  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => SuppressionInput)
  suppressions!: SuppressionInput[];

  @IsInt()
  @Min(0)
  @Max(2_000)
  globalHoldoutBasisPoints!: number;

  @Length(1, 64)
  timeZone!: string;

  @IsInt()
  reservationTtlSeconds!: number;

  @ArrayMaxSize(200)
  @ValidateNested({ each: true })
  @Type(() => ContextWeightInput)
  contextWeights!: ContextWeightInput[];

  @IsInt()
  elderAgeYears!: number;

  @ArrayMaxSize(20)
  @ArrayUnique()
  @Matches(NAME, { each: true })
  elderExcludedChannels!: string[];

  @Length(0, 64)
  staffedTag!: string;

  @IsInt()
  decisionRetentionDays!: number;

  /** The version that was read. */
  @IsInt()
  @Min(0)
  version!: number;
}

export class PutContactPolicyInput {
  @Length(1, 128)
  requestId!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => ContactPolicyInput)
  policy!: ContactPolicyInput;
}
