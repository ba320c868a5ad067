import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { levelKey, type EngagementScope } from '../domain/engagement';
import type { EngagementPolicy } from '../domain/engagement-policy';

interface EngagementPolicyDocument {
  /** `<scope>|<key>`. */
  _id: string;
  policy: EngagementPolicy;
}

const engagementPolicySchema = new Schema<EngagementPolicyDocument>(
  { _id: String, policy: Schema.Types.Mixed },
  { collection: 'engagement_policies', versionKey: false, minimize: false },
);

const ALL_MAX = 2_000;

/** Engagement policies of issues and groups. */
@Injectable()
export class EngagementPolicyRepository {
  private readonly policies: Model<EngagementPolicyDocument>;

  constructor(mongo: Mongo) {
    this.policies = mongo.model('EngagementPolicy', engagementPolicySchema);
  }

  async find(scope: EngagementScope, key: string, tx?: Transaction): Promise<EngagementPolicy | null> {
    const id = levelKey(scope, key) as never;
    const document = await this.policies.collection.findOne({ _id: id }, { session: tx?.session });
    return document === null ? null : (document.policy as EngagementPolicy);
  }

  async save(policy: EngagementPolicy, tx: Transaction): Promise<void> {
    const id = levelKey(policy.scope, policy.key) as never;
    await this.policies.collection.replaceOne({ _id: id }, { policy } as never, { session: tx.session, upsert: true });
  }

  /** In the order of scope and key; `after` is the last row's `levelKey`. */
  async list(limit: number, after = ''): Promise<EngagementPolicy[]> {
    const documents = await this.policies
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<EngagementPolicyDocument[]>();
    return documents.map(({ policy }) => policy);
  }

  /** All of them, for memory. */
  async all(): Promise<EngagementPolicy[]> {
    return this.list(ALL_MAX);
  }
}
