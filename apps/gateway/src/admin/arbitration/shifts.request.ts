import { ORG_PATH_LENGTH_MAX } from '@tidegate/org-path';
import { field } from '../../http/field';
import { queryField } from '../../http/query-field';

const DAY = { max: 10, pattern: /^\d{4}-\d{2}-\d{2}$/, example: '2026-03-02' };
const MINUTE_DESCRIPTION = 'Minute of the bank’s day.';

export class ShiftPlanBody {
  @field.text({ max: ORG_PATH_LENGTH_MAX, example: 'hq/east' })
  orgPath!: string;

  @field.whole({ max: 1440, description: '15, 30, 60, 120, 240, 480 or 1440 (the whole day).' })
  slotMinutes!: number;

  @field.whole({ min: 1, max: 60, description: 'Days ahead of today that are planned.' })
  daysAhead!: number;
}

export class MinuteSpanBody {
  @field.whole({ max: 1439, description: MINUTE_DESCRIPTION })
  fromMinute!: number;

  @field.whole({
    min: 1,
    max: 1440,
    description: `${MINUTE_DESCRIPTION} Not included. Before fromMinute: on the next day.`,
  })
  toMinute!: number;
}

export class ShiftExceptionBody {
  @field.text(DAY)
  day!: string;

  @field.part(() => MinuteSpanBody, { optional: true, description: 'Off that day when left out.' })
  hours?: MinuteSpanBody;
}

/** Somebody's work on a queue 班次. */
export class ShiftBody {
  @field.text({ max: 64 })
  queue!: string;

  @field.text({ max: 128, description: 'The agent’s token subject, as in his seat.' })
  personId!: string;

  @field.text({ optional: true, max: 64 })
  teamId?: string;

  @field.wholes({ minCount: 1, maxCount: 7, min: 1, max: 7, description: '1 Monday to 7 Sunday.' })
  weekdays!: number[];

  @field.part(() => MinuteSpanBody)
  hours!: MinuteSpanBody;

  @field.parts(() => MinuteSpanBody, { optional: true, maxCount: 8 })
  breaks?: MinuteSpanBody[];

  @field.whole({ optional: true, max: 1_000, description: 'Contacts in an hour; either this or minutesPerContact.' })
  unitsPerHour?: number;

  @field.whole({ optional: true, max: 1440 })
  minutesPerContact?: number;

  @field.flag({
    description:
      'Off on holidays of the bank’s calendar (China’s, when no other is set), on when a weekend was made a working day 调休.',
  })
  followsCalendar!: boolean;

  @field.text(DAY)
  firstDay!: string;

  @field.text({ ...DAY, optional: true, description: 'No end when left out.' })
  lastDay?: string;

  @field.parts(() => ShiftExceptionBody, { optional: true, maxCount: 100 })
  exceptions?: ShiftExceptionBody[];
}

export class CapacitySlotsQuery {
  @field.text({ max: 64 })
  queue!: string;

  @queryField.text({ max: 64 })
  teamId?: string;

  @queryField.text({ max: 128 })
  personId?: string;

  @queryField.text({ ...DAY, description: 'Today when left out.' })
  fromDay?: string;

  @queryField.whole({ min: 1, max: 31 })
  days?: number;
}
