import { field } from '../../http/field';
import { queryField } from '../../http/query-field';

export class FunnelQuery {
  @queryField.text({ max: 64, description: 'All strategies when left out.' })
  strategyId?: string;

  @queryField.time()
  from?: Date;

  @queryField.time()
  to?: Date;
}

export class EffectQuery {
  @field.text({ max: 64 })
  strategyId!: string;

  @queryField.text({ max: 64, description: 'That of the evaluation plan when left out, without a plan converted.' })
  outcome?: string;
}

export class ModelEffectQuery {
  @field.text({ max: 64 })
  slot!: string;

  @queryField.text({ max: 64, description: 'converted when left out.' })
  outcome?: string;

  @queryField.time({ description: 'Decisions made since; all when left out.' })
  from?: Date;
}

export class SinceQuery {
  @queryField.time()
  from?: Date;
}

export class StockQuery {
  @queryField.text({ max: 64, description: 'All stocks when left out.' })
  stockId?: string;
}

export class StrategyQuery {
  @queryField.text({ max: 64, description: 'All strategies when left out.' })
  strategyId?: string;
}
