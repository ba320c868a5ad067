import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import { rfmRunSchema, type RfmRunDocument } from './rfm-run.schema';

/** One computation of RFM scores over the whole base. */
export type RfmRun = Omit<RfmRunDocument, '_id'> & { requestId: string };

// No request id has this form.
const GUARD = '#guard';

@Injectable()
export class RfmRunRepository {
  private readonly model: Model<RfmRunDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('RfmRun', rfmRunSchema);
  }

  async find(requestId: string, tx: Transaction): Promise<RfmRun | null> {
    const document = await this.collection.findOne({ _id: requestId }, { session: tx.session });
    return document && toRun(document);
  }

  async listRunning(tx: Transaction): Promise<RfmRun[]> {
    return (await this.collection.find({ state: 'running' }, { session: tx.session }).toArray()).map(toRun);
  }

  async findLastCompleted(): Promise<RfmRun | null> {
    const [document] = await this.collection.find({ state: 'completed' }).sort({ computedAt: -1 }).limit(1).toArray();
    return document ? toRun(document) : null;
  }

  /** Makes two starters conflict with each other, so that only one of them runs. */
  async lock(tx: Transaction): Promise<void> {
    await this.collection.updateOne(
      { _id: GUARD },
      { $set: { state: 'guard' }, $inc: { customerCount: 1 } },
      { session: tx.session, upsert: true },
    );
  }

  async put({ requestId, ...fields }: RfmRun, tx: Transaction): Promise<void> {
    await this.collection.replaceOne({ _id: requestId }, fields, { session: tx.session, upsert: true });
  }

  async remove(requestId: string, tx: Transaction): Promise<void> {
    await this.collection.deleteOne({ _id: requestId }, { session: tx.session });
  }

  private get collection(): mongo.Collection<RfmRunDocument> {
    return this.model.collection as unknown as mongo.Collection<RfmRunDocument>;
  }
}

function toRun({ _id, ...fields }: RfmRunDocument): RfmRun {
  return { requestId: _id, ...fields };
}
