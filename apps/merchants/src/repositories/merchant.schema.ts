import { Schema } from 'mongoose';
import type { Clerk, Merchant, Store } from '../domain/merchant';
import type { OpeningHours } from '../domain/opening-hours';

export interface MerchantDocument extends Omit<Merchant, 'merchantId'> {
  _id: string;
  /** Goes up when something of the merchant as a whole was decided on (`MerchantRepository.lockMerchant`). */
  revision?: number;
}

/** GeoJSON. */
export interface GeoPoint {
  type: 'Point';
  /** Longitude, latitude. */
  coordinates: [number, number];
}

export interface StoreDocument extends Omit<Store, 'storeId'> {
  _id: string;
  /** Longitude and latitude again, in the form that can be searched by distance. */
  place: GeoPoint;
}

export interface ClerkDocument extends Omit<Clerk, 'clerkId'> {
  _id: string;
}

export const merchantSchema = new Schema<MerchantDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    orgPath: { type: String, required: true },
    state: { type: String, required: true },
    settlementAccount: { type: String, default: '' },
    madeBy: { type: String, default: '' },
    reviewedBy: { type: String, default: '' },
    revision: Number,
  },
  { collection: 'merchants', versionKey: false },
);
merchantSchema.index({ orgPath: 1, _id: 1 });

const openingHoursSchema = new Schema<OpeningHours>(
  { weekday: Number, opensMinute: Number, closesMinute: Number },
  { _id: false },
);

export const geoPointSchema = new Schema<GeoPoint>(
  { type: { type: String, required: true }, coordinates: { type: [Number], required: true } },
  { _id: false },
);

export const storeSchema = new Schema<StoreDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    name: { type: String, required: true },
    longitude: { type: Number, required: true },
    latitude: { type: Number, required: true },
    isOpen: { type: Boolean, required: true },
    openingHours: { type: [openingHoursSchema], default: [] },
    closedDates: { type: [String], default: [] },
    circleId: { type: String, default: '' },
    outletPath: { type: String, default: '' },
    tillRadiusMeters: { type: Number, default: 0 },
    place: { type: geoPointSchema, required: true },
  },
  { collection: 'stores', versionKey: false },
);
storeSchema.index({ merchantId: 1, _id: 1 });
storeSchema.index({ place: '2dsphere' });

export const clerkSchema = new Schema<ClerkDocument>(
  {
    _id: String,
    merchantId: { type: String, required: true },
    storeId: { type: String, required: true },
    name: { type: String, required: true },
    isActive: { type: Boolean, required: true },
  },
  { collection: 'clerks', versionKey: false },
);
clerkSchema.index({ merchantId: 1, _id: 1 });
