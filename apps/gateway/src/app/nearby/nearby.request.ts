import { queryField } from '../../http/query-field';

/** Where to look. */
export class NearbyQuery {
  @queryField.decimal({ min: -180, max: 180, description: 'WGS 84 degrees.' })
  longitude!: number;

  @queryField.decimal({ min: -90, max: 90, description: 'WGS 84 degrees.' })
  latitude!: number;

  @queryField.whole({ min: 1, max: 50_000, description: '3,000 when left out.' })
  radiusMeters?: number;

  @queryField.flag({ description: 'Only what is open at this moment.' })
  isOpenNow?: boolean;

  @queryField.whole({ min: 1, max: 100, description: 'Rows of a page; 20 when left out.' })
  pageSize?: number;

  @queryField.text({ max: 500, description: 'nextPageToken of the page before; it is opaque.' })
  pageToken?: string;
}

/** Where to look for stores. */
export class NearbyStoresQuery extends NearbyQuery {
  @queryField.text({ max: 64, description: 'Only where benefits of this stock may be used.' })
  stockId?: string;
}
