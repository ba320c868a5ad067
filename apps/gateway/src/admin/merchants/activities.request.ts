import { field } from '../../http/field';
import { OpeningHoursBody } from './merchants.request';

/** Something that takes place at a store, an outlet or anywhere else. */
export class ActivityBody {
  @field.text({ max: 100 })
  name!: string;

  @field.text({ optional: true, max: 1_000 })
  description?: string;

  @field.text({ max: 256, example: 'hq' })
  orgPath!: string;

  @field.text({ optional: true, max: 64, description: 'The store it takes place at; its place is the store’s.' })
  storeId?: string;

  @field.decimal({ optional: true, min: -180, max: 180, description: 'When it is not at a store.' })
  longitude?: number;

  @field.decimal({ optional: true, min: -90, max: 90, description: 'When it is not at a store.' })
  latitude?: number;

  @field.time()
  startsAt!: Date;

  @field.time()
  endsAt!: Date;

  @field.parts(() => OpeningHoursBody, { optional: true, maxCount: 28, description: 'Around the clock without.' })
  openingHours?: OpeningHoursBody[];

  @field.texts({ optional: true, maxCount: 100, max: 10, description: 'ISO dates on which it does not take place.' })
  closedDates?: string[];

  @field.text({ optional: true, max: 64, description: 'The stock 批次 that can be claimed there.' })
  stockId?: string;

  @field.text({ optional: true, max: 64, description: 'The traffic plan that leads there.' })
  planId?: string;
}
