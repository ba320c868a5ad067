import { field } from '../../http/field';
import { LargePageQuery, PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class SimulateBody {
  @field.whole({ optional: true, min: 1, max: 28, description: 'Days to simulate; 7 when left out.' })
  dayCount?: number;

  @field.whole({
    optional: true,
    min: 100,
    max: 200_000,
    description: 'Customers to simulate at most, of a larger base a sample; 20000 when left out.',
  })
  customerCountMax?: number;
}

export class SimulationsQuery extends PageQuery {
  @field.text({ max: 64, description: 'Simulations of this strategy.' })
  strategyId!: string;
}

export class SimulatedCustomersQuery extends LargePageQuery {
  @queryField.text({ max: 64, description: 'Only those whom the strategy does not reach for this reason.' })
  reason?: string;

  @queryField.oneOf(['same', 'gained', 'lost', 'switched'], {
    description: 'Only those with this change against live.',
  })
  change?: string;
}
