import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class CapacityBody {
  @field.whole({ max: 1_000_000 })
  units!: number;
}

export class CapacityQuery extends PageQuery {
  @queryField.text({ max: 64 })
  queue?: string;
}
