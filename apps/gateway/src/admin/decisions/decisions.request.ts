import { field } from '../../http/field';
import { queryField } from '../../http/query-field';
import { PageQuery } from '../../http/page.query';

export class DecisionsQuery extends PageQuery {
  @field.text({ max: 64 })
  customerId!: string;

  @queryField.oneOf(['zh', 'en'], { description: 'Adds the explanation in words.' })
  language?: string;
}

export class DecisionQuery {
  @queryField.oneOf(['zh', 'en'], { description: 'Adds the explanation in words.' })
  language?: string;
}
