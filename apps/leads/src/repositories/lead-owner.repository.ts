import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model, type mongo } from 'mongoose';
import { ownerKey, type LeadOwner } from '../domain/lead-owner';

interface LeadOwnerDocument extends LeadOwner {
  _id: string;
}

const schema = new Schema<LeadOwnerDocument>(
  { _id: String, strategyId: String, customerId: String, agentId: String, isRecalled: Boolean, movedAt: Date },
  { collection: 'lead_owners', versionKey: false },
);

/** Who has which customer by a name list, by strategy and customer. */
@Injectable()
export class LeadOwnerRepository {
  private readonly owners: Model<LeadOwnerDocument>;

  constructor(mongo: Mongo) {
    this.owners = mongo.model('LeadOwner', schema);
  }

  async findMany(
    wanted: readonly Pick<LeadOwner, 'strategyId' | 'customerId'>[],
    tx: Transaction,
  ): Promise<Map<string, LeadOwner>> {
    if (wanted.length === 0) return new Map();
    const documents = await this.collection
      .find({ _id: { $in: wanted.map(ownerKey) } }, { session: tx.session })
      .toArray();
    return new Map(documents.map(({ _id, ...owner }) => [_id, owner]));
  }

  /** @param known those read in the same transaction: the others are new */
  async saveMany(owners: readonly LeadOwner[], known: ReadonlyMap<string, LeadOwner>, tx: Transaction): Promise<void> {
    const fresh = owners.filter((owner) => !known.has(ownerKey(owner)));
    const changed = owners.filter((owner) => known.has(ownerKey(owner)));
    if (fresh.length > 0) {
      const documents = fresh.map((owner) => ({ _id: ownerKey(owner), ...owner }));
      await this.collection.insertMany(documents, { session: tx.session });
    }
    if (changed.length === 0) return;
    await this.collection.bulkWrite(
      changed.map((owner) => ({ updateOne: { filter: { _id: ownerKey(owner) }, update: { $set: owner } } })),
      { session: tx.session, ordered: false },
    );
  }

  private get collection(): mongo.Collection<LeadOwnerDocument> {
    return this.owners.collection as unknown as mongo.Collection<LeadOwnerDocument>;
  }
}
