import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';

interface PersonLinkDocument {
  /** Customer id. */
  _id: string;
  personId: string;
}

const personLinkSchema = new Schema<PersonLinkDocument>(
  { _id: String, personId: { type: String, required: true } },
  { collection: 'person_links', versionKey: false },
);

/** Which customer ids belong to one natural person 同一自然人; one that is not linked is a person of his own. */
@Injectable()
export class PersonRepository {
  private readonly links: Model<PersonLinkDocument>;

  constructor(mongo: Mongo) {
    this.links = mongo.model('PersonLink', personLinkSchema);
  }

  async link(customerId: string, personId: string, tx: Transaction): Promise<void> {
    const options = { session: tx.session, upsert: true };
    await this.links.collection.updateOne({ _id: customerId as never }, { $set: { personId } }, options);
  }

  /** The person behind each customer id. */
  async find(customerIds: string[], tx: Transaction): Promise<Map<string, string>> {
    const documents = await this.links.collection
      .find({ _id: { $in: customerIds as never[] } }, { session: tx.session })
      .toArray();
    const linked = new Map(documents.map(({ _id, personId }) => [String(_id), String(personId)]));
    return new Map(customerIds.map((customerId) => [customerId, linked.get(customerId) ?? customerId]));
  }
}
