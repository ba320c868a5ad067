import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { completePolicy, DEFAULT_CONTACT_POLICY, type ContactPolicy } from '../domain/contact-policy';

interface PolicyDocument {
  _id: string;
  policy: ContactPolicy;
}

const CURRENT = 'current';

const policySchema = new Schema<PolicyDocument>(
  { _id: String, policy: Schema.Types.Mixed },
  { collection: 'contact_policies', versionKey: false, minimize: false },
);

/** The bank's contact policy: the one in force, and every version that was, so that an old decision can be explained. */
@Injectable()
export class ContactPolicyRepository {
  private readonly policies: Model<PolicyDocument>;

  constructor(mongo: Mongo) {
    this.policies = mongo.model('ContactPolicy', policySchema);
  }

  /** The platform's own until the bank puts one. */
  async get(tx?: Transaction): Promise<ContactPolicy> {
    const document = await this.policies.collection.findOne({ _id: CURRENT as never }, { session: tx?.session });
    return document === null ? DEFAULT_CONTACT_POLICY : completePolicy(document.policy as ContactPolicy);
  }

  async save(policy: ContactPolicy, tx: Transaction): Promise<void> {
    for (const id of [CURRENT, `v${policy.version}`]) {
      await this.policies.collection.replaceOne({ _id: id as never }, { policy } as never, {
        session: tx.session,
        upsert: true,
      });
    }
  }
}
