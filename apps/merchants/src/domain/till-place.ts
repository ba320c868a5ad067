import { refused } from '@tidegate/errors';
import { distanceMetres, type Place } from '@tidegate/geo';
import type { Store } from './merchant';

/** Positions are tens of metres wrong between high buildings; a benefit shown in another street is no customer of this store. */
export const TILL_RADIUS_METERS_USUAL = 500;

/**
 * Whether a till is at its store 核销地点. A store with a radius of its own asks its tills to say where they are.
 * @throws TILL_PLACE_MISSING, TILL_TOO_FAR (metadata.distanceMeters, metadata.radiusMeters)
 */
export function requireTillPlace(store: Store, place: Place | undefined): void {
  const radiusMeters = store.tillRadiusMeters || TILL_RADIUS_METERS_USUAL;
  if (!place) {
    if (store.tillRadiusMeters === 0) return;
    throw refused('TILL_PLACE_MISSING', 'Tills of this store have to say where they are.');
  }
  const distanceMeters = Math.round(distanceMetres(store, place));
  if (distanceMeters <= radiusMeters) return;
  throw refused('TILL_TOO_FAR', 'The till is not at its store.', {
    distanceMeters: String(distanceMeters),
    radiusMeters: String(radiusMeters),
  });
}
