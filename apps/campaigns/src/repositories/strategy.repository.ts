import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Strategy, StrategyChange, StrategyVersion } from '../domain/strategy';
import { OLDER_VERSION } from '../domain/strategy-map';
import type { StrategyState } from '../domain/strategy-state';
import { ofSubtree } from './org-filter';
import {
  closedVersionSchema,
  strategySchema,
  type ClosedVersionDocument,
  type StrategyDocument,
} from './strategy.schema';

const closedIdOf = (strategyId: string, version: number): string => `${strategyId}@${version}`;

/** Strategies: the open and the live version in one document, which every move competes for; closed ones beside it. */
@Injectable()
export class StrategyRepository {
  private readonly strategies: Model<StrategyDocument>;
  private readonly history: Model<ClosedVersionDocument>;

  constructor(mongo: Mongo) {
    this.strategies = mongo.model('Strategy', strategySchema);
    this.history = mongo.model('ClosedVersion', closedVersionSchema);
  }

  async find(strategyId: string, tx?: Transaction): Promise<Strategy | null> {
    const document = await this.strategies
      .findById(strategyId, null, { session: tx?.session })
      .lean<StrategyDocument>();
    return document && toStrategy(document);
  }

  /** @throws STRATEGY_NOT_FOUND */
  async get(strategyId: string, tx?: Transaction): Promise<Strategy> {
    const strategy = await this.find(strategyId, tx);
    if (!strategy) throw notFound('STRATEGY_NOT_FOUND', 'There is no such strategy.', { strategyId });
    return strategy;
  }

  async findClosed(strategyId: string, version: number): Promise<StrategyVersion | null> {
    const document = await this.history.findById(closedIdOf(strategyId, version)).lean<ClosedVersionDocument>();
    if (!document) return null;
    const { _id: _ignored, ...closed } = document;
    return whole(closed);
  }

  /** Of these version numbers, those that are closed. */
  async findManyClosed(strategyId: string, versions: readonly number[]): Promise<Map<number, StrategyVersion>> {
    if (versions.length === 0) return new Map();
    const ids = versions.map((version) => closedIdOf(strategyId, version));
    const documents = await this.history.find({ _id: { $in: ids } }).lean<ClosedVersionDocument[]>();
    return new Map(documents.map(({ _id: _ignored, ...closed }) => [closed.version, whole(closed)]));
  }

  async add({ strategyId, ...fields }: Strategy, tx: Transaction): Promise<void> {
    await this.strategies.create([{ _id: strategyId, ...fields }], { session: tx.session });
  }

  /** Writes the strategy that was read in the same transaction: of two at once, one is run again. */
  async save({ next: { strategyId, ...fields }, closed }: StrategyChange, tx: Transaction): Promise<void> {
    await this.strategies.replaceOne({ _id: strategyId }, fields, { session: tx.session });
    if (closed.length === 0) return;
    const documents = closed.map((version) => ({ _id: closedIdOf(strategyId, version.version), ...version }));
    await this.history.create(documents, { session: tx.session, ordered: true });
  }

  /** In id order; with a state, those that have a version in it. */
  async list(
    limit: number,
    { scope, state, after }: { scope?: string; state?: StrategyState; after?: string },
  ): Promise<Strategy[]> {
    const documents = await this.strategies
      .find({
        ...ofSubtree(scope),
        ...(state !== undefined && { $and: [inState(state)] }),
        ...(after !== undefined && { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StrategyDocument[]>();
    return documents.map(toStrategy);
  }
}

/** A first draft that was discarded is retired where it is. */
const inState = (state: StrategyState): object =>
  state === 'retired'
    ? { $or: [{ 'live.state': state }, { 'open.state': state }] }
    : { [state === 'draft' || state === 'in_review' ? 'open.state' : 'live.state']: state };

const toStrategy = ({ _id, ...fields }: StrategyDocument): Strategy => ({
  strategyId: _id,
  ...fields,
  open: fields.open && whole(fields.open),
  live: fields.live && whole(fields.live),
});

/** With what versions that are older than the strategy map lack. */
const whole = (version: StrategyVersion): StrategyVersion => ({ ...OLDER_VERSION, ...version });
