import { field } from '../../http/field';

export class ContactLimitBody {
  @field.oneOf(['overall', 'channel', 'group'])
  scope!: string;

  @field.text({ optional: true, max: 64, description: 'The channel or group; each when left out.' })
  key?: string;

  @field.whole({ max: 10_000 })
  maxCount!: number;

  @field.whole({ min: 1, max: 3_650 })
  windowDays!: number;

  @field.oneOf(['rolling', 'calendar'])
  window!: string;
}

export class QuietHoursBody {
  @field.text({ max: 64 })
  channel!: string;

  @field.whole({ max: 1_440, description: 'Minute of the local day; later than toMinute wraps over midnight.' })
  fromMinute!: number;

  @field.whole({ max: 1_440 })
  toMinute!: number;

  @field.flag({ optional: true, description: 'Also on days that China’s calendar calls non-working.' })
  isQuietOnHolidays?: boolean;
}

export class SuppressionBody {
  @field.text({ max: 64 })
  outcome!: string;

  @field.whole({ min: 1, max: 1_000 })
  count!: number;

  @field.whole({ min: 1, max: 3_650 })
  withinDays!: number;

  @field.whole({ min: 1, max: 3_650 })
  pauseDays!: number;

  @field.oneOf(['action', 'group'])
  scope!: string;
}

/** The bank’s contact policy 触达频控. */
export class ContactPolicyBody {
  @field.parts(() => ContactLimitBody, { optional: true, maxCount: 100 })
  limits?: ContactLimitBody[];

  @field.parts(() => QuietHoursBody, { optional: true, maxCount: 50 })
  quietHours?: QuietHoursBody[];

  @field.parts(() => SuppressionBody, { optional: true, maxCount: 100 })
  suppressions?: SuppressionBody[];

  @field.whole({ optional: true, max: 2_000, description: 'Global control group.' })
  globalHoldoutBasisPoints?: number;

  @field.text({ max: 64, example: 'Asia/Shanghai' })
  timeZone!: string;

  @field.whole({
    optional: true,
    max: 31_536_000,
    description: 'A contact without outcome frees itself after so long.',
  })
  reservationTtlSeconds?: number;

  @field.whole({
    optional: true,
    description: 'The version that was read; VERSION_CONFLICT when it is not the newest.',
  })
  version?: number;
}
