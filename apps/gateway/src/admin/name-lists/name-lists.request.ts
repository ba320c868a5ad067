import { field } from '../../http/field';
import { PageQuery } from '../../http/page.query';
import { queryField } from '../../http/query-field';

export class CreateNameListBody {
  @field.text({ max: 64 })
  strategyId!: string;

  @field.text({ max: 200 })
  name!: string;

  @field.text({ optional: true, max: 64, description: 'The strategy’s own segment when left out.' })
  segmentId?: string;
}

export class DispatchBody {
  @field.text({ optional: true, max: 64, description: 'Capacity slot to fill, e.g. 2026-W02; today’s when left out.' })
  capacitySlot?: string;
}

export class NameListsQuery extends PageQuery {
  @queryField.text({ max: 64, description: 'Lists of this strategy.' })
  strategyId?: string;
}
