import { queryField } from '../../http/query-field';

export class OwnDecisionQuery {
  @queryField.oneOf(['zh', 'en'], { description: "The customer's language; zh when left out." })
  language?: string;
}
