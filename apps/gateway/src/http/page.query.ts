import { queryField } from './query-field';

/** Which page of a list. */
export class PageQuery {
  @queryField.whole({ min: 1, max: 200, description: 'Rows of a page; the service chooses when left out.' })
  pageSize?: number;

  @queryField.text({ max: 500, description: 'nextPageToken of the page before; it is opaque.' })
  pageToken?: string;
}

/** As PageQuery, for lists that are read whole. */
export class LargePageQuery extends PageQuery {
  @queryField.whole({ min: 1, max: 1_000, description: 'Rows of a page; the service chooses when left out.' })
  declare pageSize?: number;
}
