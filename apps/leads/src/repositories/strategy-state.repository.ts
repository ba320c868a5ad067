import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import type { QueueUser } from '../domain/queue';
import { holdsBack, isOver, newStates, type StrategyState } from '../domain/strategy-state';

/** Of a strategy whose end has come since it was told of. */
const ENDED = 'ended';
/** States in which a strategy is over. */
const OVER = ['retired', ENDED];
/** States in which a strategy may come to its end. */
const GOING_ON = ['published', 'paused'];

interface StrategyStateDocument extends Omit<StrategyState, 'strategyId'> {
  /** Strategy id. */
  _id: string;
  /** As it was told, or `ended`. */
  state: string;
  /** Its leads are not offered: it is paused, or is over and may have some left. */
  isHeld: boolean;
  heardAt: Date;
}

const schema = new Schema<StrategyStateDocument>(
  {
    ...{ _id: String, revision: Number, state: String, endsAt: Date, isHeld: Boolean, heardAt: Date },
    ...{ orgPath: String, queues: [String] },
  },
  { collection: 'strategy_states', versionKey: false },
);
schema.index({ isHeld: 1 });
schema.index({ state: 1, endsAt: 1 });
schema.index({ queues: 1 });

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
      const document = { ...state, isHeld: holdsBack({ strategyId, ...state }, now), heardAt: now };
      await this.collection.replaceOne({ _id: strategyId }, document, { session: tx.session, upsert: true });
    }
  }

  /** The strategies that are not over and have leads made in a queue. */
  async listUsers(queue: string, now: Date, tx: Transaction): Promise<QueueUser[]> {
    const documents = await this.collection.find({ queues: queue }, { session: tx.session }).toArray();
    const standing = documents.filter((one) => GOING_ON.includes(one.state) && !isOver(one, now));
    return standing.map(({ _id, orgPath }) => ({ kind: 'strategy', id: _id, orgPath }));
  }

  /** Strategies whose leads are not offered now. */
  async listHeld(tx?: Transaction): Promise<string[]> {
    const documents = await this.collection
      .find({ isHeld: true }, { session: tx?.session, projection: { _id: 1 } })
      .toArray();
    return documents.map(({ _id }) => _id);
  }

  /** Those among them that are over. */
  async findOver(strategyIds: readonly string[], now: Date, tx: Transaction): Promise<Set<string>> {
    const wanted = [...new Set(strategyIds)].map((strategyId) => ({ strategyId }));
    const known = await this.findMany(wanted, tx);
    return new Set([...known].filter(([, state]) => isOver(state, now)).map(([strategyId]) => strategyId));
  }

  /** Holds the leads of those whose end has come. */
  async holdPastEnd(now: Date): Promise<void> {
    const due = { state: { $in: GOING_ON }, endsAt: { $lte: now } };
    await this.collection.updateMany(due, { $set: { state: ENDED, isHeld: true, heardAt: now } });
  }

  /** Those that are over and may have leads left, and since when that is known. */
  async listEnding(limit: number): Promise<{ strategyId: string; heardAt: Date }[]> {
    const documents = await this.collection
      .find({ isHeld: true, state: { $in: OVER } })
      .limit(limit)
      .toArray();
    return documents.map(({ _id, heardAt }) => ({ strategyId: _id, heardAt }));
  }

  /** It has no lead left. Nothing is changed when it was heard of anew meanwhile. */
  async ended(strategyId: string, heardAt: Date): Promise<void> {
    await this.collection.updateOne({ _id: strategyId, heardAt, state: { $in: OVER } }, { $set: { isHeld: false } });
  }

  private async findMany(
    wanted: readonly Pick<StrategyState, 'strategyId'>[],
    tx: Transaction,
  ): Promise<Map<string, Pick<StrategyState, 'revision' | 'state' | 'endsAt'>>> {
    if (wanted.length === 0) return new Map();
    const documents = await this.collection
      .find({ _id: { $in: wanted.map(({ strategyId }) => strategyId) } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, revision, state, endsAt }) => [_id, { revision, state, endsAt }]));
  }

  private get collection(): mongo.Collection<StrategyStateDocument> {
    return this.states.collection as unknown as mongo.Collection<StrategyStateDocument>;
  }
}
