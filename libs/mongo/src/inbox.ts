import { Schema, type Model } from 'mongoose';
import type { Mongo } from './mongo';
import type { Transaction } from './transaction';

interface InboxRecord {
  /** `<consumer>|<message id>`, with `#<index>` for one event of a split message. */
  _id: string;
  state: 'done' | 'split';
  at: Date;
}

// Longer than the stream keeps a message, so that no redelivery can outlive the memory of it.
const RETENTION_SECONDS = 10 * 24 * 3600;

const inboxSchema = new Schema<InboxRecord>(
  { _id: String, state: String, at: Date },
  { collection: 'inbox', versionKey: false },
);
inboxSchema.index({ at: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** Remembers which messages had their effect, in the same transaction as the effect. */
export class Inbox {
  private readonly model: Model<InboxRecord>;

  constructor(mongo: Mongo) {
    this.model = mongo.model<InboxRecord>('Inbox', inboxSchema);
  }

  /** State of each id that is known. */
  async find(ids: string[], tx?: Transaction): Promise<Map<string, InboxRecord['state']>> {
    const records = await this.model.collection
      .find({ _id: { $in: ids as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(records.map((record) => [String(record._id), record.state as InboxRecord['state']]));
  }

  async markDone(ids: string[], tx: Transaction): Promise<void> {
    const at = new Date();
    const records = ids.map((_id) => ({ _id, state: 'done', at }));
    await this.model.collection.insertMany(records as never[], { session: tx.session });
  }

  /** From now on the message is handled event by event, also after a crash in between. */
  async markSplit(id: string): Promise<void> {
    await this.model.collection.updateOne(
      { _id: id as never },
      { $set: { state: 'split', at: new Date() } },
      { upsert: true },
    );
  }

  async finishSplit(id: string): Promise<void> {
    await this.model.collection.updateOne({ _id: id as never }, { $set: { state: 'done', at: new Date() } });
  }
}
