import { field } from '../../http/field';
import { LargePageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';
import { TillPlace } from './till.request';

export class PeriodQuery extends LargePageQuery {
  @queryField.time({ description: 'From this moment on.' })
  from?: Date;

  @queryField.time({ description: 'Before this moment.' })
  to?: Date;
}

export class ReverseRequest {
  @field.text({ max: 64, description: 'Where it is taken back: any store of the merchant.' })
  storeId!: string;

  @field.text({ max: 64, description: 'Who takes it back: a clerk of that store.' })
  clerkId!: string;

  @field.text({ max: 200, description: 'Why it is taken back.' })
  reason!: string;

  @field.part(() => TillPlace, { optional: true, description: 'Where the till is; some stores ask for it.' })
  place?: TillPlace;
}
