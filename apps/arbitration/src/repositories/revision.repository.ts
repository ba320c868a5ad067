import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

/** What every replica holds in memory. */
export const HELD = ['strategies', 'policy', 'engagement', 'models', 'counters'] as const;
export type Held = (typeof HELD)[number];

const WORDS = 'words';

interface RevisionDocument {
  _id: string;
  revision: number;
}

const revisionSchema = new Schema<RevisionDocument>(
  { _id: String, revision: Number },
  { collection: 'revisions', versionKey: false },
);

/** One counter for each thing that replicas hold in memory, so that one small read tells whether any of it changed. */
@Injectable()
export class RevisionRepository {
  private readonly revisions: Model<RevisionDocument>;

  constructor(mongo: Mongo) {
    this.revisions = mongo.model('Revision', revisionSchema);
  }

  /** In the transaction of the change it tells of. */
  async bump(held: Held, tx: Transaction): Promise<void> {
    await this.revisions.collection.updateOne(
      { _id: held as never },
      { $inc: { revision: 1 } },
      { session: tx.session, upsert: true },
    );
  }

  /**
   * Tells that a customer's word was written through, after it was. Not part of its transaction: words of many customers would only conflict
   * on the one counter.
   */
  async countWord(): Promise<void> {
    await this.revisions.collection.updateOne({ _id: WORDS as never }, { $inc: { revision: 1 } }, { upsert: true });
  }

  /** How many words were written through so far. */
  async wordCount(): Promise<number> {
    const document = await this.revisions.collection.findOne({ _id: WORDS as never });
    return Number(document?.revision ?? 0);
  }

  async findAll(): Promise<Map<Held, number>> {
    const documents = await this.revisions.collection.find({ _id: { $in: HELD as unknown as never[] } }).toArray();
    const known = new Map(documents.map((document) => [String(document._id), Number(document.revision)]));
    return new Map(HELD.map((held) => [held, known.get(held) ?? 0]));
  }
}
