import { field } from '../../http/field';
import { CHANNELS } from '../actions/actions.request';

/** What can be heard of a decision and is kept of a customer. */
const OUTCOMES = ['delivered', 'shown', 'clicked', 'dismissed', 'accepted', 'rejected', 'no_answer', 'converted'];

export class ContactLimitBody {
  @field.oneOf(['overall', 'channel', 'group'])
  scope!: string;

  @field.text({ optional: true, max: 64, description: 'The channel (one that there is) or group; each when left out.' })
  key?: string;

  @field.whole({ max: 200 })
  maxCount!: number;

  @field.whole({ max: 366, description: '0 for calendar_week and calendar_month.' })
  windowDays!: number;

  @field.oneOf(['rolling', 'calendar', 'calendar_week', 'calendar_month'])
  window!: string;

  @field.oneOf(['marketing', 'service'], {
    optional: true,
    description: 'Whose contacts it counts; marketing when left out.',
  })
  purpose?: string;
}

export class QuietHoursBody {
  @field.oneOf(CHANNELS)
  channel!: string;

  @field.whole({ max: 1_440, description: 'Minute of the local day; later than toMinute wraps over midnight.' })
  fromMinute!: number;

  @field.whole({ max: 1_440 })
  toMinute!: number;

  @field.flag({
    optional: true,
    description: 'Also on days on which the bank’s calendar (China’s, when no other is set) has no work.',
  })
  isQuietOnHolidays?: boolean;

  @field.oneOf(['discard', 'queue'], {
    optional: true,
    description: 'What becomes of a push or moment then; discard when left out.',
  })
  mode?: string;

  @field.flag({ optional: true, description: 'Messages of purpose service go out all the same.' })
  isServiceExempt?: boolean;
}

export class ContextWeightBody {
  @field.oneOf(CHANNELS, { optional: true, description: 'Any when left out.' })
  channel?: string;

  @field.text({
    optional: true,
    max: 128,
    description: 'Id of a moment rule, or what a pull’s context names as moment; any when left out.',
  })
  moment?: string;

  @field.decimal({ min: 0.001, max: 100 })
  weight!: number;
}

export class SuppressionBody {
  @field.oneOf(OUTCOMES)
  outcome!: string;

  @field.whole({ min: 1, max: 200 })
  count!: number;

  @field.whole({ min: 1, max: 366 })
  withinDays!: number;

  @field.whole({ min: 1, max: 366 })
  pauseDays!: number;

  @field.oneOf(['action', 'group'])
  scope!: string;
}

/** The bank’s contact policy 触达频控. */
export class ContactPolicyBody {
  @field.parts(() => ContactLimitBody, { optional: true, maxCount: 50 })
  limits?: ContactLimitBody[];

  @field.parts(() => QuietHoursBody, { optional: true, maxCount: 50 })
  quietHours?: QuietHoursBody[];

  @field.parts(() => SuppressionBody, { optional: true, maxCount: 50 })
  suppressions?: SuppressionBody[];

  @field.whole({ optional: true, max: 2_000, description: 'Global control group.' })
  globalHoldoutBasisPoints?: number;

  @field.text({ max: 64, example: 'Asia/Shanghai' })
  timeZone!: string;

  @field.whole({
    optional: true,
    max: 7_776_000,
    description: 'A contact without outcome frees itself after so long, 60 or more; seven days when left out.',
  })
  reservationTtlSeconds?: number;

  @field.parts(() => ContextWeightBody, { optional: true, maxCount: 200 })
  contextWeights?: ContextWeightBody[];

  @field.whole({ optional: true, max: 130, description: 'From this age on the elder rule holds; none when left out.' })
  elderAgeYears?: number;

  @field.texts({ optional: true, maxCount: 20, max: 32, description: 'Channels not used for elders, e.g. voice_bot.' })
  elderExcludedChannels?: string[];

  @field.text({ optional: true, max: 64, description: 'Customers with this tag are promoted to by people alone.' })
  staffedTag?: string;

  @field.whole({
    optional: true,
    max: 3_660,
    description: 'Decisions are kept so many days, 30 or more; three years when left out.',
  })
  decisionRetentionDays?: number;

  @field.whole({
    optional: true,
    description: 'The version that was read; VERSION_CONFLICT when it is not the newest.',
  })
  version?: number;
}
