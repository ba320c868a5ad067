import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Store } from '../../domain/merchant';
import { toGeoPoint, toStore } from '../../repositories/merchant.repository';
import { storeSchema, type StoreDocument } from '../../repositories/merchant.schema';
import { withinScope } from '../../repositories/org-scope.filter';
import type { Activity } from '../domain/activity';
import type { Near } from '../domain/nearby';
import { activitySchema, type ActivityDocument } from './activity.schema';
import { geoSearch, type GeoSearch } from './geo-search';

/** Stores and activities by distance. */
@Injectable()
export class NearbyRepository {
  private readonly stores: Model<StoreDocument>;
  private readonly activities: Model<ActivityDocument>;

  constructor(mongo: Mongo) {
    this.stores = mongo.model('Store', storeSchema);
    this.activities = mongo.model('Activity', activitySchema);
  }

  /** Those that are not shut until further notice; of these merchants and stores alone where some are named. */
  async listStores(
    search: GeoSearch,
    { merchantIds, storeIds }: { merchantIds: string[]; storeIds: string[] },
  ): Promise<Near<Store>[]> {
    const wanted = {
      isOpen: true,
      ...(merchantIds.length > 0 && { merchantId: { $in: merchantIds } }),
      ...(storeIds.length > 0 && { _id: { $in: storeIds } }),
    };
    const documents = await this.stores.aggregate<Near<StoreDocument>>(geoSearch(search, wanted));
    return documents.map(({ distanceMeters, ...store }) => ({ ...toStore(store), distanceMeters }));
  }

  /** Those that are not over. */
  async listActivities(search: GeoSearch, now: Date): Promise<Near<Activity>[]> {
    const notOver = geoSearch(search, { endsAt: { $gt: now } });
    const documents = await this.activities.aggregate<Near<ActivityDocument>>(notOver);
    return documents.map(({ _id, place: _place, ...fields }) => ({ activityId: _id, ...fields }));
  }

  async findActivity(activityId: string, tx: Transaction): Promise<Activity | null> {
    const document = await this.activities.findById(activityId, null, { session: tx.session }).lean<ActivityDocument>();
    return document && toActivity(document);
  }

  async saveActivity({ activityId, ...fields }: Activity, tx: Transaction): Promise<void> {
    const update = { $set: { ...fields, place: toGeoPoint(fields) } };
    await this.activities.updateOne({ _id: activityId }, update, { session: tx.session, upsert: true });
  }

  /** By id; an empty scope means every organisation. */
  async pageActivities(scope: string, limit: number, after = ''): Promise<Activity[]> {
    const documents = await this.activities
      .find({ $and: [withinScope('orgPath', scope), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ActivityDocument[]>();
    return documents.map(toActivity);
  }
}

const toActivity = ({ _id, place: _place, ...fields }: ActivityDocument): Activity => ({ activityId: _id, ...fields });
