import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { CodeSeed } from '../domain/code-seed';

interface CodeSeedDocument extends Omit<CodeSeed, 'instanceId'> {
  _id: string;
}

const codeSeedSchema = new Schema<CodeSeedDocument>(
  { _id: String, epoch: { type: Number, required: true }, expiresAt: Date, keptUntil: Date },
  { collection: 'code_seeds', versionKey: false },
);
codeSeedSchema.index({ keptUntil: 1 }, { expireAfterSeconds: 0 });

/** The last seed of each instance that has one. */
@Injectable()
export class CodeSeedRepository {
  private readonly seeds: Model<CodeSeedDocument>;

  constructor(mongo: Mongo) {
    this.seeds = mongo.model('CodeSeed', codeSeedSchema);
  }

  async findMany(instanceIds: string[], tx: Transaction): Promise<Map<string, CodeSeed>> {
    if (instanceIds.length === 0) return new Map();
    const documents = await this.seeds
      .find({ _id: { $in: instanceIds } }, null, { session: tx.session })
      .lean<CodeSeedDocument[]>();
    return new Map(documents.map(({ _id, ...fields }) => [_id, { instanceId: _id, ...fields }]));
  }

  /** Read in the same transaction: a concurrent change is a write conflict. */
  async save({ instanceId, ...fields }: CodeSeed, tx: Transaction): Promise<void> {
    await this.seeds.updateOne({ _id: instanceId }, { $set: fields }, { session: tx.session, upsert: true });
  }
}
