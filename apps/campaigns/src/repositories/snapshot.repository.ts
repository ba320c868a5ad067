import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { rankedCurrencies, type LiveCurrencies } from '../domain/ranked-currencies';
import { OLDER_VERSION } from '../domain/strategy-map';
import type { StrategySnapshot } from '../domain/strategy-snapshot';
import { snapshotSchema, type SnapshotDocument } from './strategy.schema';

const PUBLISHED_MAX = 5_000;

/** What each strategy that went live was compiled to, with its state now. */
@Injectable()
export class SnapshotRepository {
  private readonly snapshots: Model<SnapshotDocument>;

  constructor(mongo: Mongo) {
    this.snapshots = mongo.model('StrategySnapshot', snapshotSchema);
  }

  async find(strategyId: string, tx?: Transaction): Promise<StrategySnapshot | null> {
    const document = await this.snapshots.findById(strategyId, null, { session: tx?.session }).lean<SnapshotDocument>();
    return document && toSnapshot(document);
  }

  /** Only called where the strategy itself is written, so nobody else writes it at once. */
  async save({ strategyId, ...fields }: StrategySnapshot, isNew: boolean, tx: Transaction): Promise<void> {
    if (isNew) await this.snapshots.create([{ _id: strategyId, ...fields }], { session: tx.session });
    else await this.snapshots.replaceOne({ _id: strategyId }, fields, { session: tx.session });
  }

  /** Revision of each published strategy. */
  async listRevisions(): Promise<Map<string, number>> {
    const documents = await this.snapshots
      .find({ 'version.state': 'published' }, { revision: 1 })
      .lean<{ _id: string; revision: number }[]>();
    return new Map(documents.map(({ _id, revision }) => [_id, revision]));
  }

  /** What the values of each published strategy are in. */
  async listCurrencies(): Promise<LiveCurrencies[]> {
    const fields = { orgPath: 1, 'compiled.actions.currency': 1, 'compiled.actions.valueMinor': 1 };
    const documents = await this.snapshots
      .find({ 'version.state': 'published' }, fields)
      .limit(PUBLISHED_MAX)
      .lean<SnapshotDocument[]>();
    return documents.map(({ _id, orgPath, compiled }) => ({
      strategyId: _id,
      orgPath,
      currencies: rankedCurrencies(compiled.actions),
    }));
  }

  async findMany(strategyIds: readonly string[]): Promise<StrategySnapshot[]> {
    if (strategyIds.length === 0) return [];
    const documents = await this.snapshots.find({ _id: { $in: strategyIds } }).lean<SnapshotDocument[]>();
    return documents.map(toSnapshot);
  }
}

const toSnapshot = ({ _id, version, ...fields }: SnapshotDocument): StrategySnapshot => ({
  strategyId: _id,
  ...fields,
  version: { ...OLDER_VERSION, ...version },
});
