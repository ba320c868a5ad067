import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { CustomerCount, Stock, StockCount } from '../domain/stock';
import {
  customerCountSchema,
  stockCountSchema,
  stockSchema,
  type CustomerCountDocument,
  type StockCountDocument,
  type StockDocument,
} from './stock.schema';

/** A customer's count in one stock, by key. */
export const customerCountKey = (stockId: string, customerId: string): string => `${stockId}|${customerId}`;

/** Stocks and the counts that claims compete for. */
@Injectable()
export class StockRepository {
  private readonly stocks: Model<StockDocument>;
  private readonly stockCounts: Model<StockCountDocument>;
  private readonly customerCounts: Model<CustomerCountDocument>;

  constructor(mongo: Mongo) {
    this.stocks = mongo.model('Stock', stockSchema);
    this.stockCounts = mongo.model('StockCount', stockCountSchema);
    this.customerCounts = mongo.model('CustomerCount', customerCountSchema);
  }

  async add(stock: Stock, tx: Transaction): Promise<void> {
    const { stockId, ...fields } = stock;
    await this.stocks.create([{ _id: stockId, ...fields }], { session: tx.session });
    await this.stockCounts.create([{ _id: stockId, claimedCount: 0, day: '', dayCount: 0 }], { session: tx.session });
  }

  async find(stockId: string, tx?: Transaction): Promise<Stock | null> {
    const document = await this.stocks.findById(stockId, null, { session: tx?.session }).lean<StockDocument>();
    return document && toStock(document);
  }

  /** Newest first; `scope` is an organisation path, `after` the last row. */
  async list(
    limit: number,
    { scope, after }: { scope?: string; after?: { createdAt: Date; stockId: string } },
  ): Promise<Stock[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.stockId } }],
    };
    const filters = [...(scope ? [withinOrg(scope)] : []), ...(older ? [older] : [])];
    const documents = await this.stocks
      .find(filters.length > 0 ? { $and: filters } : {})
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<StockDocument[]>();
    return documents.map(toStock);
  }

  async findStockCounts(stockIds: string[], tx?: Transaction): Promise<Map<string, StockCount>> {
    const documents = await this.stockCounts.collection
      .find({ _id: { $in: stockIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), document as unknown as StockCountDocument]));
  }

  /** Counts by key; a customer who took none yet has no entry. */
  async findCustomerCounts(keys: string[], tx: Transaction): Promise<Map<string, CustomerCount>> {
    const documents = await this.customerCounts.collection
      .find({ _id: { $in: keys as never[] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), { count: Number(document.count) }]));
  }

  async saveStockCounts(counts: Map<string, StockCount>, tx: Transaction): Promise<void> {
    for (const [stockId, { claimedCount, day, dayCount }] of counts) {
      await this.stockCounts.collection.updateOne(
        { _id: stockId as never },
        { $set: { claimedCount, day, dayCount } },
        { session: tx.session },
      );
    }
  }

  /** Writes changed counts; a key not in `known` is new, and a race for it ends in a duplicate key, which retries the batch. */
  async saveCustomerCounts(
    counts: Map<string, CustomerCount>,
    known: ReadonlySet<string>,
    tx: Transaction,
  ): Promise<void> {
    const fresh = [...counts].filter(([key]) => !known.has(key)).map(([key, { count }]) => ({ _id: key, count }));
    const changed = [...counts].filter(([key]) => known.has(key));
    if (fresh.length > 0) await this.customerCounts.collection.insertMany(fresh as never[], { session: tx.session });
    if (changed.length === 0) return;
    await this.customerCounts.collection.bulkWrite(
      changed.map(([key, { count }]) => ({
        updateOne: { filter: { _id: key as never }, update: { $set: { count } } },
      })),
      { session: tx.session, ordered: false },
    );
  }
}

function toStock({ _id, ...fields }: StockDocument): Stock {
  return { stockId: _id, ...fields };
}
