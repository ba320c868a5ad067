import { invalid } from '@tidegate/errors';
import { isWithinHours, requireHours, type LocalMoment, type OpeningHours } from '../../domain/opening-hours';

/** Something that takes place at a store, an outlet or anywhere else. */
export interface Activity {
  activityId: string;
  name: string;
  description: string;
  orgPath: string;
  /** Empty when it is not at a store. */
  storeId: string;
  longitude: number;
  latitude: number;
  startsAt: Date;
  endsAt: Date;
  openingHours: OpeningHours[];
  closedDates: string[];
  stockId: string;
  planId: string;
}

/** @throws VALIDATION_FAILED when it ends before it starts, or its hours overlap */
export function placeActivity(activity: Activity, store: { longitude: number; latitude: number } | null): Activity {
  requireHours(activity.openingHours);
  if (activity.endsAt <= activity.startsAt) {
    throw invalid([{ field: 'activity.endsAt', description: 'after startsAt' }]);
  }
  return store ? { ...activity, longitude: store.longitude, latitude: store.latitude } : activity;
}

/** Whether it takes place at a moment. */
export const isOnAt = (activity: Activity, now: Date, moment: LocalMoment): boolean =>
  activity.startsAt <= now && now < activity.endsAt && isWithinHours(activity, moment);
