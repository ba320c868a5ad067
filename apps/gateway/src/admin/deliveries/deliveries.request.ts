import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class DeliveriesQuery extends PageQuery {
  @queryField.oneOf(['app', 'webhook'])
  channel?: string;

  @queryField.oneOf(['pending', 'delivered', 'failed', 'retracted', 'stopped'])
  state?: string;
}
