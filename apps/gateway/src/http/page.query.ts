import { queryField } from './query-field';

class TokenQuery {
  @queryField.text({ max: 500, description: 'nextPageToken of the page before; it is opaque.' })
  pageToken?: string;
}

/** Which page of a list. */
export class PageQuery extends TokenQuery {
  @queryField.whole({ min: 1, max: 200, description: 'Rows of a page; the service chooses when left out.' })
  pageSize?: number;
}

/** As PageQuery, for lists that are read whole. Not made from it: a subclass of a subclass would have to keep both bounds. */
export class LargePageQuery extends TokenQuery {
  @queryField.whole({ min: 1, max: 1_000, description: 'Rows of a page; the service chooses when left out.' })
  pageSize?: number;
}
