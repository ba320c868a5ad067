import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
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

  async findProgress(huntId: string, customerId: string, tx?: Transaction): Promise<HuntProgress | null> {
    const found = await this.progress
      .findById(`${huntId}|${customerId}`, null, { session: tx?.session })
      .lean<HuntProgressDocument>();
    if (!found) return null;
    const { _id, ...progress } = found;
    return progress;
  }

  /** Read in the same transaction; so are all below. */
  async saveProgress(progress: HuntProgress, tx: Transaction): Promise<void> {
    await this.put(this.progress, `${progress.huntId}|${progress.customerId}`, progress, tx);
  }

  async findLastSeen(customerId: string, tx: Transaction): Promise<SeenAt | null> {
    const found = await this.positions.findById(customerId, null, { session: tx.session }).lean<SeenAtDocument>();
    if (!found) return null;
    const { _id, ...seen } = found;
    return seen;
  }

  async saveLastSeen(customerId: string, seen: SeenAt, tx: Transaction): Promise<void> {
    await this.put(this.positions, customerId, seen, tx);
  }

  async findPointCount(huntId: string, pointId: string, tx: Transaction): Promise<number> {
    const key = `${huntId}|${pointId}`;
    return (await this.pointCounts.findById(key, null, { session: tx.session }).lean<PointCountDocument>())?.count ?? 0;
  }

  async savePointCount(huntId: string, pointId: string, count: number, tx: Transaction): Promise<void> {
    await this.put(this.pointCounts, `${huntId}|${pointId}`, { count }, tx);
  }

  async isChallengeUsed(nonce: string, tx: Transaction): Promise<boolean> {
    return (await this.usedChallenges.findById(nonce, null, { session: tx.session }).lean()) !== null;
  }

  /** Two uses at once end in a duplicate key, which runs one of them again. */
  async useChallenge(nonce: string, expiresAt: Date, tx: Transaction): Promise<void> {
    await this.usedChallenges.collection.insertOne({ _id: nonce as never, expiresAt }, { session: tx.session });
  }

  async addAttempt({ attemptId, ...fields }: HuntAttempt, tx: Transaction): Promise<void> {
    await this.attempts.collection.insertOne({ _id: attemptId as never, ...fields }, { session: tx.session });
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

  private async put<T>(model: Model<T>, key: string, fields: object, tx: Transaction): Promise<void> {
    const filter = { _id: key as never };
    await model.collection.replaceOne(filter, { ...fields } as never, { session: tx.session, upsert: true });
  }
}
