import { field } from '../../http/field';
import { queryField } from '../../http/query-field';

export class DiffQuery {
  @queryField.whole({ min: 1, description: 'The one that is live when left out.' })
  fromVersion?: number;

  @queryField.whole({ min: 1, description: 'The newest when left out.' })
  toVersion?: number;
}

export class RollBackBody {
  @field.whole({ optional: true, description: 'The version to put in force again; the one before when left out.' })
  version?: number;

  @field.text({ max: 1_000, description: 'Why.' })
  comment!: string;
}
