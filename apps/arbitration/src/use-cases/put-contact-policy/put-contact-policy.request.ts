import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import type { LimitScope } from '../../domain/contact-policy';

const NAME = /^[a-z][a-z0-9_]{0,31}$/;
const TTL_SECONDS_MAX = 90 * 24 * 3600;

export class ContactLimitInput {
  @IsIn(['overall', 'channel', 'group'])
  scope!: LimitScope;

  @Length(0, 64)
  key!: string;

  @IsInt()
  maxCount!: number;

  @IsInt()
  windowDays!: number;

  @IsIn(['rolling', 'calendar'])
  window!: 'rolling' | 'calendar';
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

/** Ranges that depend on each other are checked by the domain. */
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
  @Min(60)
  @Max(TTL_SECONDS_MAX)
  reservationTtlSeconds!: number;

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
