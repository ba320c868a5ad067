import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { lastMoves, type CapacityMove } from '../domain/capacity-move';

interface EarlyMoveDocument extends Omit<CapacityMove, 'leadId'> {
  _id: string;
  heardAt: Date;
}

// Longer than the stream keeps the decision that is missing; decisions without a lead leave theirs behind.
const RETENTION_SECONDS = 10 * 24 * 3600;

const schema = new Schema<EarlyMoveDocument>(
  {
    _id: String,
    promisedAt: Date,
    queue: String,
    teamId: String,
    isReleased: Boolean,
    moveCount: Number,
    heardAt: Date,
  },
  { collection: 'early_capacity_moves', versionKey: false },
);
schema.index({ heardAt: 1 }, { expireAfterSeconds: RETENTION_SECONDS });

/** Moves of people's time that were heard of before the decisions whose leads they concern: the last of each. */
@Injectable()
export class EarlyCapacityMoveRepository {
  private readonly moves: Model<EarlyMoveDocument>;

  constructor(mongo: Mongo) {
    this.moves = mongo.model('EarlyCapacityMove', schema);
  }

  async findMany(leadIds: readonly string[], tx: Transaction): Promise<Map<string, CapacityMove>> {
    if (leadIds.length === 0) return new Map();
    const documents = await this.collection.find({ _id: { $in: [...leadIds] } }, { session: tx.session }).toArray();
    return new Map(
      documents.map(({ _id: leadId, promisedAt, queue, teamId, isReleased, moveCount }) => [
        leadId,
        {
          leadId,
          promisedAt: promisedAt ?? undefined,
          queue: queue ?? '',
          teamId: teamId ?? '',
          isReleased,
          moveCount,
        },
      ]),
    );
  }

  async keep(moves: readonly CapacityMove[], heardAt: Date, tx: Transaction): Promise<void> {
    if (moves.length === 0) return;
    const known = await this.findMany(
      moves.map(({ leadId }) => leadId),
      tx,
    );
    const last = lastMoves([...known.values(), ...moves]);
    await this.collection.bulkWrite(
      last.map(({ leadId, ...move }) => ({
        replaceOne: { filter: { _id: leadId }, replacement: { ...move, heardAt } as never, upsert: true },
      })),
      { session: tx.session, ordered: false, ignoreUndefined: true },
    );
  }

  async remove(leadIds: readonly string[], tx: Transaction): Promise<void> {
    if (leadIds.length === 0) return;
    await this.collection.deleteMany({ _id: { $in: [...leadIds] } }, { session: tx.session });
  }

  private get collection(): mongo.Collection<EarlyMoveDocument> {
    return this.moves.collection as unknown as mongo.Collection<EarlyMoveDocument>;
  }
}
