import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';

export class DecisionsQuery extends PageQuery {
  @field.text({ max: 64 })
  customerId!: string;
}
