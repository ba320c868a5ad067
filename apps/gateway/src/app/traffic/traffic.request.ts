import { field } from '../../http/field';

export class OwnTokenBody {
  @field.text({ max: 64 })
  planId!: string;

  @field.text({ max: 64, description: 'The store the customer is led to.' })
  storeId!: string;
}

export class OwnVisitBody {
  @field.text({ max: 2_000, description: 'Read from an outlet’s code.' })
  token!: string;
}
