import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { StrategySnapshot } from '../domain/compile-strategy';

interface StrategyDocument {
  /** Strategy id. */
  _id: string;
  revision: number;
  snapshot: StrategySnapshot;
}

const { Mixed } = Schema.Types;

const strategySchema = new Schema<StrategyDocument>(
  { _id: String, revision: Number, snapshot: Mixed },
  { collection: 'strategies', versionKey: false, minimize: false },
);

const READ_AT_ONCE = 500;

/** Published strategies, as `campaigns` last told of them. */
@Injectable()
export class StrategyRepository {
  private readonly strategies: Model<StrategyDocument>;

  constructor(mongo: Mongo) {
    this.strategies = mongo.model('Strategy', strategySchema);
  }

  /** Keeps those that are newer than what is known; returns whether any was. */
  async saveNewer(snapshots: readonly StrategySnapshot[], tx: Transaction): Promise<boolean> {
    const known = await this.strategies.collection
      .find({ _id: { $in: snapshots.map(({ strategyId }) => strategyId) as never[] } }, { session: tx.session })
      .toArray();
    const revisions = new Map(known.map((document) => [String(document._id), Number(document.revision)]));
    const newest = new Map<string, StrategySnapshot>();
    for (const snapshot of snapshots) {
      const { strategyId, revision } = snapshot;
      if (revision <= Math.max(revisions.get(strategyId) ?? 0, newest.get(strategyId)?.revision ?? 0)) continue;
      newest.set(strategyId, snapshot);
    }
    for (const [strategyId, snapshot] of newest) {
      await this.strategies.collection.replaceOne(
        { _id: strategyId as never },
        { revision: snapshot.revision, snapshot } as never,
        { session: tx.session, upsert: true },
      );
    }
    return newest.size > 0;
  }

  /** Of all, retired ones too: a push, a moment or a fact of the past may still name one. */
  async listRevisions(): Promise<Map<string, number>> {
    const revisions = new Map<string, number>();
    const all = this.strategies.collection.find({}, { projection: { revision: 1 }, batchSize: READ_AT_ONCE });
    for await (const { _id, revision } of all) revisions.set(String(_id), Number(revision));
    return revisions;
  }

  async listInStates(states: readonly string[]): Promise<StrategySnapshot[]> {
    const documents = await this.strategies.find({ 'snapshot.state': { $in: states } }).lean<StrategyDocument[]>();
    return documents.map(({ snapshot }) => snapshot);
  }

  /** Of each the last that was told, a page at a time. */
  async *pagesOf(strategyIds: readonly string[]): AsyncIterable<StrategySnapshot[]> {
    for (let from = 0; from < strategyIds.length; from += READ_AT_ONCE) {
      const documents = await this.strategies
        .find({ _id: { $in: strategyIds.slice(from, from + READ_AT_ONCE) } })
        .lean<StrategyDocument[]>();
      yield documents.map(({ snapshot }) => snapshot);
    }
  }
}
