import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { holdsBack, isRetired, newStates, type StrategyState } from '../domain/strategy-state';

interface StrategyStateDocument extends Omit<StrategyState, 'strategyId'> {
  /** Strategy id. */
  _id: string;
  /** Its leads are not offered: it is paused, or is over and may have some left. */
  isHeld: boolean;
  heardAt: Date;
}

const schema = new Schema<StrategyStateDocument>(
  { _id: String, revision: Number, state: String, isHeld: Boolean, heardAt: Date },
  { collection: 'strategy_states', versionKey: false },
);
schema.index({ isHeld: 1 });

/** How strategies stand, as `campaigns` last told of them. */
@Injectable()
export class StrategyStateRepository {
  private readonly states: Model<StrategyStateDocument>;

  constructor(mongo: Mongo) {
    this.states = mongo.model('StrategyState', schema);
  }

  /** Keeps those that are newer than what is known. */
  async saveNewer(told: readonly StrategyState[], now: Date, tx: Transaction): Promise<void> {
    const fresh = newStates(await this.findMany(told, tx), told);
    for (const { strategyId, ...state } of fresh) {
      const document = { ...state, isHeld: holdsBack({ strategyId, ...state }), heardAt: now };
      await this.collection.replaceOne({ _id: strategyId }, document, { session: tx.session, upsert: true });
    }
  }

  /** Strategies whose leads are not offered now. */
  async listHeld(tx?: Transaction): Promise<string[]> {
    const documents = await this.collection
      .find({ isHeld: true }, { session: tx?.session, projection: { _id: 1 } })
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  /** Those among them that are over. */
  async findRetired(strategyIds: readonly string[], tx: Transaction): Promise<Set<string>> {
    const wanted = [...new Set(strategyIds)].map((strategyId) => ({ strategyId }));
    const known = await this.findMany(wanted, tx);
    return new Set([...known].filter(([, state]) => isRetired(state)).map(([strategyId]) => strategyId));
  }

  /** Those that are over and may have leads left, and when that was heard of. */
  async listEnding(limit: number): Promise<{ strategyId: string; heardAt: Date }[]> {
    const documents = await this.collection.find({ isHeld: true, state: 'retired' }).limit(limit).toArray();
    return documents.map(({ _id, heardAt }) => ({ strategyId: _id, heardAt }));
  }

  /** It has no lead left. Nothing is changed when it was heard of anew meanwhile. */
  async ended(strategyId: string, heardAt: Date): Promise<void> {
    await this.collection.updateOne({ _id: strategyId, heardAt, state: 'retired' }, { $set: { isHeld: false } });
  }

  private async findMany(
    wanted: readonly Pick<StrategyState, 'strategyId'>[],
    tx: Transaction,
  ): Promise<Map<string, StrategyState>> {
    if (wanted.length === 0) return new Map();
    const documents = await this.collection
      .find({ _id: { $in: wanted.map(({ strategyId }) => strategyId) } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, revision, state }) => [_id, { strategyId: _id, revision, state }]));
  }

  private get collection(): mongo.Collection<StrategyStateDocument> {
    return this.states.collection as unknown as mongo.Collection<StrategyStateDocument>;
  }
}
