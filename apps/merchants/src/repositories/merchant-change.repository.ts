import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { MerchantChange } from '../domain/onboarding';
import { merchantChangeSchema, type MerchantChangeDocument } from './merchant-change.schema';

/** Who changed which merchant; never changed itself. */
@Injectable()
export class MerchantChangeRepository {
  private readonly changes: Model<MerchantChangeDocument>;

  constructor(mongo: Mongo) {
    this.changes = mongo.model('MerchantChange', merchantChangeSchema);
  }

  async add(changeId: string, change: MerchantChange, tx: Transaction): Promise<void> {
    await this.changes.insertMany([{ _id: changeId, ...change }], { session: tx.session });
  }

  /** Newest first; `before` is the id of the last one seen. */
  async list(merchantId: string, limit: number, before = ''): Promise<(MerchantChange & { changeId: string })[]> {
    const documents = await this.changes
      .find({ merchantId, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<MerchantChangeDocument[]>();
    return documents.map(({ _id, ...change }) => ({ changeId: _id, ...change }));
  }
}
