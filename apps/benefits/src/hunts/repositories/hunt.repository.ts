import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Persons } from '../../domain/person';
import { touch } from '../../repositories/touch';
import { HuntBatch, pointKey, progressKey, type HuntAttemptCommand } from '../domain/hunt-batch';
import type { HuntProgress, SeenAt } from '../domain/hunt-claim';
import {
  huntAttemptSchema,
  huntProgressSchema,
  pointCountSchema,
  seenAtSchema,
  usedChallengeSchema,
  type HuntAttempt,
  type HuntAttemptDocument,
  type HuntProgressDocument,
  type PointCountDocument,
  type SeenAtDocument,
  type UsedChallengeDocument,
} from './hunt.schema';

/** What customers found, where they were last, which challenges are used, and every attempt. */
@Injectable()
export class HuntRepository {
  private readonly progress: Model<HuntProgressDocument>;
  private readonly positions: Model<SeenAtDocument>;
  private readonly pointCounts: Model<PointCountDocument>;
  private readonly usedChallenges: Model<UsedChallengeDocument>;
  private readonly attempts: Model<HuntAttemptDocument>;

  constructor(mongo: Mongo) {
    this.progress = mongo.model('HuntProgress', huntProgressSchema);
    this.positions = mongo.model('HuntPosition', seenAtSchema);
    this.pointCounts = mongo.model('HuntPointCount', pointCountSchema);
    this.usedChallenges = mongo.model('HuntUsedChallenge', usedChallengeSchema);
    this.attempts = mongo.model('HuntAttempt', huntAttemptSchema);
  }

  /** Of those who found anything. */
  async findProgress(huntId: string, customerIds: readonly string[]): Promise<HuntProgress[]> {
    const keys = customerIds.map((customerId) => progressKey(huntId, customerId));
    return [...(await this.findMany(this.progress, keys)).values()];
  }

  /** All that attempts are judged by; nonces are those of their challenges. */
  async openBatch(
    commands: readonly HuntAttemptCommand[],
    { nonces, persons }: { nonces: readonly string[]; persons: Persons },
    tx: Transaction,
  ): Promise<HuntBatch> {
    const of = (key: (huntId: string, command: HuntAttemptCommand) => string): string[] =>
      commands.map((command) => key(command.hunt.definition.definitionId, command));
    const progressKeys = commands.flatMap(({ hunt, customerId }) =>
      [customerId, ...persons.othersOf(customerId)].map((each) => progressKey(hunt.definition.definitionId, each)),
    );
    const pointKeys = of((huntId, { point }) => pointKey(huntId, point.pointId));
    // One after another: a session runs one operation at a time.
    const progress = await this.findMany(this.progress, progressKeys, tx);
    const positions = await this.findPositions(
      commands.flatMap(({ customerId }) => [customerId, ...persons.othersOf(customerId)]),
      tx,
    );
    const counts = await this.findMany(this.pointCounts, pointKeys, tx);
    const used = await this.findMany(this.usedChallenges, nonces, tx);
    const loaded = {
      progress,
      positions,
      pointCounts: new Map([...counts].map(([key, { count }]) => [key, count])),
      usedChallenges: new Map([...used].map(([nonce, { expiresAt }]) => [nonce, expiresAt])),
    };
    return new HuntBatch(loaded, persons);
  }

  /** In the transaction that opened it. Two uses of a challenge at once end in a duplicate key, which runs one of them again. */
  async saveBatch(batch: HuntBatch, attempts: readonly HuntAttempt[], tx: Transaction): Promise<void> {
    const { changed } = batch;
    const challenges = [...changed.usedChallenges].map(([nonce, expiresAt]) => ({ _id: nonce, expiresAt }));
    await this.addMany(this.usedChallenges, challenges, tx);
    const counts = [...changed.pointCounts].map(([key, count]) => [key, { count }] as const);
    await this.putMany(this.pointCounts, counts, tx);
    await this.putMany(this.progress, [...changed.progress], tx);
    const beside = batch.touched().map((one) => ({ _id: progressKey(one.huntId, one.customerId), ...one }));
    await touch(this.progress, beside, tx);
    await this.putMany(this.positions, [...changed.positions], tx);
    await touch(
      this.positions,
      [...batch.touchedPositions()].map(([customerId, at]) => ({ _id: customerId, at })),
      tx,
    );
    const rows = attempts.map(({ attemptId, ...fields }) => ({ _id: attemptId, ...fields }));
    await this.addMany(this.attempts, rows, tx);
  }

  /** Newest first, after an attempt. */
  async listAttempts(huntId: string, limit: number, after?: string): Promise<HuntAttempt[]> {
    const documents = await this.attempts
      .find({ huntId, ...(after && { _id: { $lt: after } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<HuntAttemptDocument[]>();
    return documents.map(({ _id, ...fields }) => ({ attemptId: _id, ...fields }));
  }

  /** By customer; one that was only touched tells of no place. */
  private async findPositions(customerIds: readonly string[], tx: Transaction): Promise<Map<string, SeenAt>> {
    const found = await this.findMany(this.positions, customerIds, tx);
    return new Map([...found].filter(([, { longitude }]) => longitude !== undefined));
  }

  private async findMany<T extends { _id: string }>(
    model: Model<T>,
    keys: readonly string[],
    tx?: Transaction,
  ): Promise<Map<string, Omit<T, '_id'>>> {
    if (keys.length === 0) return new Map();
    const filter = { _id: { $in: [...new Set(keys)] as never[] } };
    const documents = await model.collection.find(filter, { session: tx?.session }).toArray();
    return new Map(documents.map(({ _id, ...fields }) => [String(_id), fields as unknown as Omit<T, '_id'>]));
  }

  private async addMany<T>(model: Model<T>, documents: readonly object[], tx: Transaction): Promise<void> {
    if (documents.length > 0) await model.collection.insertMany(documents as never[], { session: tx.session });
  }

  private async putMany<T>(
    model: Model<T>,
    rows: readonly (readonly [string, object])[],
    tx: Transaction,
  ): Promise<void> {
    if (rows.length === 0) return;
    await model.collection.bulkWrite(
      rows.map(([key, fields]) => ({
        replaceOne: { filter: { _id: key as never }, replacement: fields as never, upsert: true },
      })),
      { session: tx.session, ordered: false },
    );
  }
}
