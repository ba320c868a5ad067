import { field } from '../../http/field';
import { TillPlace } from '../redemptions/till.request';

export class StoreTokenBody {
  @field.text({ max: 64 })
  planId!: string;

  @field.text({ max: 64, description: 'The own store that leads customers to an outlet.' })
  storeId!: string;

  @field.text({ optional: true, max: 256, description: 'The outlet; any of the plan when left out.' })
  outletPath?: string;
}

export class StoreVisitBody {
  @field.text({ max: 2_000, description: 'Read from the customer’s phone.' })
  token!: string;

  @field.text({ max: 64 })
  storeId!: string;

  @field.text({ max: 64 })
  clerkId!: string;

  @field.part(() => TillPlace, { optional: true, description: 'Where the till is; some stores ask for it.' })
  place?: TillPlace;
}
