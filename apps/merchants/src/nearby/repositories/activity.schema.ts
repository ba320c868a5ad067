import { Schema } from 'mongoose';
import type { OpeningHours } from '../../domain/opening-hours';
import { geoPointSchema, type GeoPoint } from '../../repositories/merchant.schema';
import type { Activity } from '../domain/activity';

export interface ActivityDocument extends Omit<Activity, 'activityId'> {
  _id: string;
  place: GeoPoint;
}

const openingHoursSchema = new Schema<OpeningHours>(
  { weekday: Number, opensMinute: Number, closesMinute: Number },
  { _id: false },
);

export const activitySchema = new Schema<ActivityDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    description: { type: String, default: '' },
    orgPath: { type: String, required: true },
    storeId: { type: String, default: '' },
    longitude: { type: Number, required: true },
    latitude: { type: Number, required: true },
    startsAt: { type: Date, required: true },
    endsAt: { type: Date, required: true },
    openingHours: { type: [openingHoursSchema], required: true },
    closedDates: { type: [String], required: true },
    stockId: { type: String, default: '' },
    planId: { type: String, default: '' },
    place: { type: geoPointSchema, required: true },
  },
  { collection: 'activities', versionKey: false },
);
activitySchema.index({ orgPath: 1, _id: 1 });
activitySchema.index({ place: '2dsphere' });
