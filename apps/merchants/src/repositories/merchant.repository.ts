import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Clerk, Merchant, PointOfSale, Store } from '../domain/merchant';
import {
  clerkSchema,
  merchantSchema,
  storeSchema,
  type ClerkDocument,
  type GeoPoint,
  type MerchantDocument,
  type StoreDocument,
} from './merchant.schema';
import { withinScope } from './org-scope.filter';

/** Merchants with their stores and clerks. */
@Injectable()
export class MerchantRepository {
  private readonly merchants: Model<MerchantDocument>;
  private readonly stores: Model<StoreDocument>;
  private readonly clerks: Model<ClerkDocument>;

  constructor(mongo: Mongo) {
    this.merchants = mongo.model('Merchant', merchantSchema);
    this.stores = mongo.model('Store', storeSchema);
    this.clerks = mongo.model('Clerk', clerkSchema);
  }

  async findMerchant(merchantId: string, tx?: Transaction): Promise<Merchant | null> {
    const document = await this.merchants.findById(merchantId, null, session(tx)).lean<MerchantDocument>();
    return document && toMerchant(document);
  }

  /** By id, of those that exist. */
  async findMerchants(merchantIds: string[], tx?: Transaction): Promise<Map<string, Merchant>> {
    const documents = await this.merchants
      .find({ _id: { $in: merchantIds } }, null, session(tx))
      .lean<MerchantDocument[]>();
    return new Map(documents.map((document) => [document._id, toMerchant(document)]));
  }

  /** Organisation path by merchant id, of those that exist. */
  async findOrgPaths(merchantIds: string[], tx: Transaction): Promise<Map<string, string>> {
    const documents = await this.merchants
      .find({ _id: { $in: merchantIds } }, { orgPath: 1 }, session(tx))
      .lean<{ _id: string; orgPath: string }[]>();
    return new Map(documents.map(({ _id, orgPath }) => [_id, orgPath]));
  }

  async saveMerchant({ merchantId, ...fields }: Merchant, tx: Transaction): Promise<void> {
    await this.merchants.updateOne({ _id: merchantId }, { $set: fields }, { ...session(tx), upsert: true });
  }

  /** Makes the rest of the transaction the only one that decides on something of a merchant as a whole; another one runs again. */
  async lockMerchant(merchantId: string, tx: Transaction): Promise<void> {
    await this.merchants.updateOne({ _id: merchantId }, { $inc: { revision: 1 } }, session(tx));
  }

  /** By id; an empty scope means every organisation. */
  async listMerchants(scope: string, limit: number, after = ''): Promise<Merchant[]> {
    const documents = await this.merchants
      .find({ $and: [withinScope('orgPath', scope), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<MerchantDocument[]>();
    return documents.map(toMerchant);
  }

  async findStore(storeId: string, tx?: Transaction): Promise<Store | null> {
    const document = await this.stores.findById(storeId, null, session(tx)).lean<StoreDocument>();
    return document && toStore(document);
  }

  async findStores(storeIds: string[], tx?: Transaction): Promise<Store[]> {
    const documents = await this.stores.find({ _id: { $in: storeIds } }, null, session(tx)).lean<StoreDocument[]>();
    return documents.map(toStore);
  }

  async saveStore({ storeId, ...fields }: Store, tx: Transaction): Promise<void> {
    const place = toGeoPoint(fields);
    await this.stores.updateOne({ _id: storeId }, { $set: { ...fields, place } }, { ...session(tx), upsert: true });
  }

  /** All of a merchant's, as far as it matters who looks after them. */
  async listOutlets(merchantId: string, tx: Transaction): Promise<Pick<Store, 'storeId' | 'outletPath'>[]> {
    const documents = await this.stores
      .find({ merchantId }, { outletPath: 1 }, session(tx))
      .lean<{ _id: string; outletPath?: string }[]>();
    return documents.map(({ _id, outletPath = '' }) => ({ storeId: _id, outletPath }));
  }

  async listStores(merchantId: string, limit: number, after = ''): Promise<Store[]> {
    const documents = await this.stores
      .find({ merchantId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StoreDocument[]>();
    return documents.map(toStore);
  }

  async listClerks(merchantId: string, limit: number, after = ''): Promise<Clerk[]> {
    const documents = await this.clerks
      .find({ merchantId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ClerkDocument[]>();
    return documents.map(toClerk);
  }

  async findClerk(clerkId: string, tx?: Transaction): Promise<Clerk | null> {
    const document = await this.clerks.findById(clerkId, null, session(tx)).lean<ClerkDocument>();
    return document && toClerk(document);
  }

  async saveClerk({ clerkId, ...fields }: Clerk, tx: Transaction): Promise<void> {
    await this.clerks.updateOne({ _id: clerkId }, { $set: fields }, { ...session(tx), upsert: true });
  }

  /** The three at once: a redemption waits for one round trip, not three. */
  async findPointOfSale(ids: { merchantId: string; storeId: string; clerkId: string }): Promise<PointOfSale> {
    const [merchant, store, clerk] = await Promise.all([
      this.findMerchant(ids.merchantId),
      this.findStore(ids.storeId),
      this.findClerk(ids.clerkId),
    ]);
    return { merchant, store, clerk };
  }
}

const session = (tx: Transaction | undefined) => ({ session: tx?.session });

/** A place in the form that can be searched by distance. */
export const toGeoPoint = ({ longitude, latitude }: { longitude: number; latitude: number }): GeoPoint => ({
  type: 'Point',
  coordinates: [longitude, latitude],
});

const toMerchant = ({ _id, revision: _revision, ...fields }: MerchantDocument): Merchant => ({
  merchantId: _id,
  ...fields,
});
/** A store of before outlets and places of tills were kept has none of its own. */
export const toStore = ({ _id, place: _place, ...fields }: StoreDocument): Store => {
  const { outletPath = '', tillRadiusMeters = 0 } = fields;
  return { ...fields, storeId: _id, outletPath, tillRadiusMeters };
};
const toClerk = ({ _id, ...fields }: ClerkDocument): Clerk => ({ clerkId: _id, ...fields });
