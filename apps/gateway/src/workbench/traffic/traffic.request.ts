import { field } from '../../http/field';

export class OutletTokenBody {
  @field.text({ max: 64 })
  planId!: string;

  @field.text({ max: 256, example: 'hq', description: 'The outlet that leads customers into the app.' })
  outletPath!: string;
}

export class OutletVisitBody {
  @field.text({ max: 2_000, description: 'Read from the code that a store gave the customer.' })
  token!: string;

  @field.text({ max: 256, example: 'hq', description: 'The outlet the customer came to.' })
  outletPath!: string;

  @field.text({ max: 64 })
  customerId!: string;
}
