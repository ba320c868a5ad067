import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { PromiseBook, type RoomsByOffer } from '../domain/promise-book';
import type { DayPromises } from '../domain/stock-promise';

interface StockPromiseDocument {
  /** Stock id. */
  _id: string;
  days: DayPromises[];
}

const stockPromiseSchema = new Schema<StockPromiseDocument>(
  { _id: String, days: Schema.Types.Mixed },
  { collection: 'stock_promises', versionKey: false },
);

/** What pushes promised of benefit stocks: a document for each stock, which concurrent batches compete for. */
@Injectable()
export class StockPromiseRepository {
  private readonly promises: Model<StockPromiseDocument>;

  constructor(mongo: Mongo) {
    this.promises = mongo.model('StockPromise', stockPromiseSchema);
  }

  /** What a batch may promise of these stocks, read in its transaction. */
  async openBook(
    stockIds: Iterable<string>,
    { now, rooms }: { now: Date; rooms?: RoomsByOffer },
    tx?: Transaction,
  ): Promise<PromiseBook> {
    const ids = [...new Set(stockIds)];
    if (ids.length === 0) return new PromiseBook(now, new Map(), rooms);
    const documents = await this.promises.collection
      .find({ _id: { $in: ids as never[] } }, { session: tx?.session })
      .toArray();
    const byStock = new Map(documents.map(({ _id, days }) => [String(_id), days as DayPromises[]]));
    return new PromiseBook(now, byStock, rooms);
  }

  /** What a push may promise, read in the transaction of a batch. */
  openRooms(rooms: RoomsByOffer, now: Date, tx?: Transaction): Promise<PromiseBook> {
    const stockIds = [...rooms.values()].flat().map(({ stockId }) => stockId);
    return this.openBook(stockIds, { now, rooms }, tx);
  }

  /** Writes what the batch promised. Two batches at once meet in a write conflict, or a duplicate key, on the same document. */
  async closeBook(book: PromiseBook, tx: Transaction): Promise<void> {
    if (book.changed.size === 0) return;
    const operations = [...book.changed].map((stockId) => ({
      updateOne: {
        filter: { _id: stockId as never },
        update: { $set: { days: book.promisesOf(stockId) } },
        upsert: true,
      },
    }));
    await this.promises.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }
}
