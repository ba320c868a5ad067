import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { NOTHING_TAKEN, type Count } from '../domain/count';
import type { Stock } from '../domain/stock';
import { countSchema, type CountDocument } from './count.schema';
import { touch } from './touch';

const TAKERS_AT_ONCE = 5_000;
/** So few counts, those of a lone claim, are one command; of many, new ones are inserted much quicker. */
const UPSERTS_MAX = 4;

type CountedStock = Pick<Stock, 'stockId' | 'shardCount'>;

/** A stock's count, or that of one of its shards, by key. */
export const stockCountKey = ({ stockId, shardCount }: CountedStock, shard = 0): string =>
  shardCount > 1 ? `stock|${stockId}|${shard}` : `stock|${stockId}`;

/** Keys of all that a stock's units are counted in, in the order of its shards. */
export const stockCountKeys = (stock: CountedStock): string[] =>
  Array.from({ length: Math.max(1, stock.shardCount) }, (_, shard) => stockCountKey(stock, shard));

/** A customer's count in one stock, by key. */
export const customerCountKey = (stockId: string, customerId: string): string => `customer|${stockId}|${customerId}`;

/** Counts by key, and of those to which units are about to come back who gives them. */
export interface CountView {
  counts: Map<string, Count>;
  returns: Map<string, string[]>;
}

/** The counts that claims compete for. */
@Injectable()
export class CountRepository {
  private readonly counts: Model<CountDocument>;

  constructor(private readonly mongo: Mongo) {
    this.counts = mongo.model('Count', countSchema);
  }

  /** Counts by key; what was never taken has no entry. */
  async find(keys: string[], tx?: Transaction): Promise<Map<string, Count>> {
    return (await this.read(keys, tx)).counts;
  }

  /** Counts of stocks by key as all of them were in one moment, and the returns that are told of. */
  async findAtOnce(keys: string[]): Promise<CountView> {
    return keys.length === 1 ? this.read(keys) : this.mongo.transaction((tx) => this.read(keys, tx));
  }

  async read(keys: string[], tx?: Transaction): Promise<CountView> {
    const documents = (await this.counts.collection
      .find({ _id: { $in: keys as never[] } }, { session: tx?.session })
      .toArray()) as unknown as CountDocument[];
    return {
      counts: new Map(documents.map((document) => [document._id, toCount(document)])),
      returns: new Map(documents.flatMap(({ _id, returns = [] }) => (returns.length > 0 ? [[_id, returns]] : []))),
    };
  }

  /** Tells all replicas that a unit is about to come back to a stock: while any return is told of, none holds the stock for sold out. */
  async tellReturn(key: string, returnId: string): Promise<void> {
    const update = { $addToSet: { returns: returnId }, $setOnInsert: { total: 0 } };
    await this.mongo.transaction(({ session }) =>
      this.counts.collection.updateOne({ _id: key as never }, update as never, { upsert: true, session }),
    );
  }

  async endReturns(key: string, returnIds: readonly string[]): Promise<void> {
    const update = { $pull: { returns: { $in: returnIds } } };
    await this.mongo.transaction(({ session }) =>
      this.counts.collection.updateOne({ _id: key as never }, update as never, { session }),
    );
  }

  /** What was claimed of each stock so far. */
  async claimedCounts(stocks: CountedStock[]): Promise<Map<string, number>> {
    const counts = await this.find(stocks.flatMap(stockCountKeys));
    const claimedOf = (stock: CountedStock): number =>
      stockCountKeys(stock).reduce((sum, key) => sum + (counts.get(key)?.total ?? 0), 0);
    return new Map(stocks.map((stock) => [stock.stockId, claimedOf(stock)]));
  }

  /** Customers who ever took of a stock, also those of stocks whose id continues this one's after a bar. */
  async listTakers(stockId: string, limit: number): Promise<string[]> {
    const prefix = customerCountKey(stockId, '');
    // The character after the bar that ends the prefix.
    const range = { $gte: prefix, $lt: `${prefix.slice(0, -1)}}` };
    const cursor = this.counts.collection
      .find({ _id: range as never }, { projection: { _id: 1 }, batchSize: TAKERS_AT_ONCE })
      .limit(limit);
    const customerIds: string[] = [];
    for await (const { _id } of cursor) customerIds.push(String(_id).slice(prefix.length));
    return customerIds;
  }

  /**
   * Writes changed counts; a key not in `known` is new, and a race for it ends in a duplicate key, which retries the batch. Where not all
   * keys were read, one that is there after all ends so too.
   */
  async save(
    changed: Map<string, Count>,
    known: ReadonlySet<string>,
    tx: Transaction,
    { wereRead = true } = {},
  ): Promise<void> {
    if (changed.size <= UPSERTS_MAX && wereRead) return this.upsert([...changed], tx);
    const fresh = [...changed].filter(([key]) => !known.has(key));
    const documents = fresh.map(([key, count]) => ({ _id: key, ...stored(count) }));
    if (documents.length > 0) await this.counts.collection.insertMany(documents as never[], { session: tx.session });
    await this.upsert(
      [...changed].filter(([key]) => known.has(key)),
      tx,
    );
  }

  /** Marks counts that a decision stood on without changing them: whoever changes one meanwhile is a write conflict. */
  touch(keys: readonly string[], tx: Transaction): Promise<void> {
    return touch(
      this.counts,
      keys.map((_id) => ({ _id, total: 0 })),
      tx,
    );
  }

  private async upsert(counts: [string, Count][], { session }: Transaction): Promise<void> {
    if (counts.length === 0) return;
    await this.counts.collection.bulkWrite(
      counts.map(([key, count]) => ({
        updateOne: { filter: { _id: key as never }, update: { $set: stored(count) }, upsert: true },
      })),
      { session, ordered: false },
    );
  }
}

/** Most keys count no days: what they do not need is not stored. */
const stored = ({ total, day, dayTotal }: Count): Partial<Count> => (day ? { total, day, dayTotal } : { total });

const toCount = ({ _id, touchCount, returns, ...fields }: CountDocument): Count => ({ ...NOTHING_TAKEN, ...fields });
