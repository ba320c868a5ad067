import { queryField } from '../../http/query-field';

export class DeadLettersQuery {
  @queryField.whole({ min: 1, max: 200, description: '50 when left out.' })
  limit?: number;

  @queryField.whole({
    min: 1,
    max: Number.MAX_SAFE_INTEGER,
    description: 'Older than this id; nextBefore of the page before.',
  })
  before?: number;
}
