import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import type { OwedReward } from '../domain/owed-reward';

interface OwedRewardDocument extends Omit<OwedReward, 'rewardId'> {
  _id: string;
  /** Grows with every grant, so that such a one and a refusal are a write conflict (`touch`). */
  touchCount?: number;
}

const owedRewardSchema = new Schema<OwedRewardDocument>(
  {
    _id: String,
    customerId: { type: String, required: true },
    reward: { type: Schema.Types.Mixed, required: true },
    cause: { type: String, required: true },
    reference: String,
    state: { type: String, required: true },
    reason: String,
    instanceId: String,
    attemptCount: Number,
    nextAttemptAt: Date,
    createdAt: Date,
    settledAt: Date,
    touchCount: Number,
  },
  { collection: 'owed_rewards', versionKey: false },
);
// What is to be granted next.
owedRewardSchema.index({ state: 1, nextAttemptAt: 1 });
owedRewardSchema.index({ customerId: 1, createdAt: -1, _id: -1 });

/** Rewards that customers have earned, by id. */
@Injectable()
export class OwedRewardRepository {
  private readonly rewards: Model<OwedRewardDocument>;

  constructor(mongo: Mongo) {
    this.rewards = mongo.model('OwedReward', owedRewardSchema);
  }

  /** Call it in the transaction of the state that earns them. An id that is owed already is a duplicate key. */
  async addMany(rewards: readonly OwedReward[], tx: Transaction): Promise<void> {
    if (rewards.length === 0) return;
    const documents = rewards.map(toDocument);
    await this.rewards.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Marks rewards that another decision stands on. */
  touch(rewards: readonly OwedReward[], tx: Transaction): Promise<void> {
    return touch(this.rewards, rewards.map(toDocument), tx);
  }

  /** By id; those never owed have no entry. */
  async findMany(rewardIds: readonly string[], tx?: Transaction): Promise<Map<string, OwedReward>> {
    if (rewardIds.length === 0) return new Map();
    const documents = await this.rewards.collection
      .find({ _id: { $in: rewardIds as never[] } }, { session: tx?.session })
      .toArray();
    const rewards = documents.map((document) => toReward(document as unknown as OwedRewardDocument));
    return new Map(rewards.map((reward) => [reward.rewardId, reward]));
  }

  /** Owed ones whose time has come, the longest waiting first. */
  async listDue(now: Date, limit: number): Promise<OwedReward[]> {
    const documents = await this.rewards
      .find({ state: 'owed', nextAttemptAt: { $lte: now } })
      .sort({ nextAttemptAt: 1 })
      .limit(limit)
      .lean<OwedRewardDocument[]>();
    return documents.map(toReward);
  }

  /** Newest first. */
  async listOfCustomer(
    customerId: string,
    limit: number,
    after?: { createdAt: Date; rewardId: string },
  ): Promise<OwedReward[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.rewardId } }],
    };
    const documents = await this.rewards
      .find({ customerId, ...older })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<OwedRewardDocument[]>();
    return documents.map(toReward);
  }

  /** Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(rewards: readonly OwedReward[], tx: Transaction): Promise<void> {
    if (rewards.length === 0) return;
    await this.rewards.collection.bulkWrite(
      rewards.map(({ rewardId, state, reason, instanceId, attemptCount, nextAttemptAt, settledAt }) => ({
        updateOne: {
          filter: { _id: rewardId as never },
          update: { $set: { state, reason, instanceId, attemptCount, nextAttemptAt, settledAt } },
        },
      })),
      { session: tx.session, ordered: false },
    );
  }
}

const toDocument = ({ rewardId, ...fields }: OwedReward) => ({ _id: rewardId, ...fields });

const toReward = ({ _id, touchCount, ...fields }: OwedRewardDocument): OwedReward => ({ rewardId: _id, ...fields });
