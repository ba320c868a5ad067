import { queryField } from '../http/query-field';

export class VersionQuery {
  @queryField.whole({ min: 1, description: 'The newest when left out.' })
  version?: number;
}
