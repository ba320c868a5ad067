import type { PipelineStage } from 'mongoose';
import { toGeoPoint } from '../../repositories/merchant.repository';
import type { NearbyPosition, Place } from '../domain/nearby';

/** Where to look, and from where on. */
export interface GeoSearch {
  from: Place;
  radiusMeters: number;
  after: NearbyPosition | null;
  limit: number;
}

/** Everything within the radius after a position, nearest first; `distanceMeters` is added to what is found. */
export function geoSearch({ from, radiusMeters, after, limit }: GeoSearch, query: object): PipelineStage[] {
  const near = {
    near: toGeoPoint(from),
    distanceField: 'distanceMeters',
    // A metre less: the position itself must not be lost to rounding; it is passed over below.
    minDistance: Math.max(0, (after?.distanceMeters ?? 0) - 1),
    maxDistance: radiusMeters,
    query: query as Record<string, unknown>,
    key: 'place',
    spherical: true,
  };
  const rest: PipelineStage[] = after
    ? [
        {
          $match: {
            $or: [
              { distanceMeters: { $gt: after.distanceMeters } },
              { distanceMeters: after.distanceMeters, _id: { $gt: after.id } },
            ],
          },
        },
      ]
    : [];
  return [{ $geoNear: near }, { $sort: { distanceMeters: 1, _id: 1 } }, ...rest, { $limit: limit }];
}
