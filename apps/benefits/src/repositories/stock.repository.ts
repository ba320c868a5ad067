import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Stock } from '../domain/stock';
import { stockSchema, type StockDocument } from './stock.schema';

/** Stocks as they were set up. */
@Injectable()
export class StockRepository {
  private readonly stocks: Model<StockDocument>;

  constructor(mongo: Mongo) {
    this.stocks = mongo.model('Stock', stockSchema);
  }

  async add(stock: Stock, tx: Transaction): Promise<void> {
    const { stockId, ...fields } = stock;
    await this.stocks.create([{ _id: stockId, ...fields }], { session: tx.session });
  }

  async find(stockId: string, tx?: Transaction): Promise<Stock | null> {
    const document = await this.stocks.findById(stockId, null, { session: tx?.session }).lean<StockDocument>();
    return document && toStock(document);
  }

  async findMany(stockIds: readonly string[]): Promise<Stock[]> {
    const documents = await this.stocks.find({ _id: { $in: [...new Set(stockIds)] } }).lean<StockDocument[]>();
    return documents.map(toStock);
  }

  /** Ids of the stocks whose claims take codes of a pool. */
  async listIdsOfPool(poolId: string, tx: Transaction): Promise<string[]> {
    const documents = await this.stocks.find({ poolId }, { _id: 1 }, { session: tx.session }).lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  async saveState(stockId: string, state: Stock['state'], tx: Transaction): Promise<void> {
    await this.stocks.updateOne({ _id: stockId }, { $set: { state } }, { session: tx.session });
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
}

/** Stocks of before outlets could be named have none. */
function toStock({ _id, outletPaths = [], ...fields }: StockDocument): Stock {
  return { stockId: _id, outletPaths, ...fields };
}
