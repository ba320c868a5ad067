import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { ConsentRecord } from '../domain/consent';
import { consentRecordSchema, type ConsentRecordDocument } from './consent-record.schema';

/** The consent ledger. Record ids sort by time. */
@Injectable()
export class ConsentRecordRepository {
  private readonly model: Model<ConsentRecordDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('ConsentRecord', consentRecordSchema);
  }

  async addMany(records: readonly ConsentRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    await this.collection.insertMany(
      records.map(({ recordId, ...fields }) => ({ _id: recordId, ...fields })),
      { session: tx.session },
    );
  }

  /** Newest first. */
  async list(customerId: string, limit: number, afterRecordId?: string): Promise<ConsentRecord[]> {
    const documents = await this.collection
      .find({ customerId, ...(afterRecordId !== undefined && { _id: { $lt: afterRecordId } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .toArray();
    return documents.map(({ _id, ...fields }) => ({ recordId: _id, ...fields }));
  }

  private get collection(): mongo.Collection<ConsentRecordDocument> {
    return this.model.collection as unknown as mongo.Collection<ConsentRecordDocument>;
  }
}
