import { Injectable } from '@nestjs/common';
import { Mongo, prepareSave, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import type { Exchange } from '../domain/exchange';

interface ExchangeDocument extends Omit<Exchange, 'exchangeId'> {
  _id: string;
  /** What exchanges of earlier versions have: one benefit on a side, empty for none. */
  givenInstanceId?: string;
  gotInstanceId?: string;
  /** Grows with every attempt to grant its other side, so that such a one and the end of the exchange are a write conflict (`touch`). */
  touchCount?: number;
}
interface ExchangeCountDocument {
  /** `<offer>|<day>` or `<offer>|<day>|<customer>`. */
  _id: string;
  count: number;
  at: Date;
  /** Grows when another profile of the person was counted under the same limit (`touch`). */
  touchCount?: number;
}

const { Mixed } = Schema.Types;
/** Counts of a day are of no use when the day is over everywhere. */
const COUNT_RETENTION_SECONDS = 7 * 24 * 3600;

const exchangeSchema = new Schema<ExchangeDocument>(
  {
    _id: String,
    offerId: { type: String, required: true },
    customerId: { type: String, required: true },
    orgPath: String,
    timeZone: String,
    give: Mixed,
    get: Mixed,
    day: String,
    state: { type: String, required: true },
    reason: String,
    givenInstanceIds: [String],
    gotInstanceIds: [String],
    givenInstanceId: String,
    gotInstanceId: String,
    touchCount: Number,
    attemptCount: Number,
    nextAttemptAt: Date,
    createdAt: Date,
    settledAt: Date,
  },
  { collection: 'exchanges', versionKey: false, suppressReservedKeysWarning: true },
);
exchangeSchema.index({ customerId: 1, createdAt: -1, _id: -1 });
exchangeSchema.index({ state: 1, nextAttemptAt: 1 });

const countSchema = new Schema<ExchangeCountDocument>(
  { _id: String, count: Number, at: Date, touchCount: Number },
  { collection: 'exchange_counts', versionKey: false },
);
countSchema.index({ at: 1 }, { expireAfterSeconds: COUNT_RETENTION_SECONDS });

/** Exchanges, and how often offers were used on a day. */
@Injectable()
export class ExchangeRepository {
  private readonly exchanges: Model<ExchangeDocument>;
  private readonly counts: Model<ExchangeCountDocument>;

  constructor(mongo: Mongo) {
    this.exchanges = mongo.model('Exchange', exchangeSchema);
    this.counts = mongo.model('ExchangeCount', countSchema);
  }

  async findMany(exchangeIds: string[], tx?: Transaction): Promise<Map<string, Exchange>> {
    const documents = await this.exchanges.collection
      .find({ _id: { $in: exchangeIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toExchange(document as never)]));
  }

  /** Writes exchanges; one not in `known` is new. */
  saveMany(
    exchanges: ReadonlyMap<string, Exchange>,
    known: { has(exchangeId: string): boolean },
    tx: Transaction,
  ): Promise<void> {
    return prepareSave(this.exchanges, [...exchanges.values()].map(toDocument), known)(tx);
  }

  /** Marks exchanges that another decision stands on. */
  touch(exchanges: readonly Exchange[], tx: Transaction): Promise<void> {
    return touch(this.exchanges, exchanges.map(toDocument), tx);
  }

  /** Open ones whose other side is overdue. */
  async listDue(now: Date, limit: number): Promise<string[]> {
    const documents = await this.exchanges
      .find({ state: 'open', nextAttemptAt: { $lte: now } }, { _id: 1 })
      .sort({ nextAttemptAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** One customer's, newest first. */
  async list(customerId: string, limit: number, after?: { createdAt: Date; exchangeId: string }): Promise<Exchange[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.exchangeId } }],
    };
    const documents = await this.exchanges
      .find({ customerId, ...older })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<ExchangeDocument[]>();
    return documents.map(toExchange);
  }

  async findCounts(keys: string[], tx: Transaction): Promise<Map<string, number>> {
    const documents = await this.counts.collection
      .find({ _id: { $in: keys as never[] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, count }) => [String(_id), Number(count)]));
  }

  /** Writes counts; a key not in `known` is new, and a race for it ends in a duplicate key, which runs it again. */
  async saveCounts(
    counts: ReadonlyMap<string, number>,
    known: { has(key: string): boolean },
    { now, tx }: { now: Date; tx: Transaction },
  ): Promise<void> {
    const fresh = [...counts].filter(([key]) => !known.has(key)).map(([_id, count]) => ({ _id, count, at: now }));
    const changed = [...counts].filter(([key]) => known.has(key));
    const { session } = tx;
    if (fresh.length > 0) await this.counts.collection.insertMany(fresh as never[], { session });
    if (changed.length === 0) return;
    await this.counts.collection.bulkWrite(
      changed.map(([key, count]) => ({ updateOne: { filter: { _id: key as never }, update: { $set: { count } } } })),
      { session, ordered: false },
    );
  }

  /** Marks counts that another was counted beside. */
  touchCounts(keys: readonly string[], { now, tx }: { now: Date; tx: Transaction }): Promise<void> {
    return touch(
      this.counts,
      keys.map((_id) => ({ _id, count: 0, at: now })),
      tx,
    );
  }
}

const toDocument = ({ exchangeId, ...fields }: Exchange) => ({ _id: exchangeId, ...fields });

const toExchange = ({ _id, givenInstanceId, gotInstanceId, touchCount, ...fields }: ExchangeDocument): Exchange => ({
  exchangeId: _id,
  ...fields,
  givenInstanceIds: fields.givenInstanceIds ?? listOf(givenInstanceId),
  gotInstanceIds: fields.gotInstanceIds ?? listOf(gotInstanceId),
});

const listOf = (instanceId?: string): string[] => (instanceId ? [instanceId] : []);
