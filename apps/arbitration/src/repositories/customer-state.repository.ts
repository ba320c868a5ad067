import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { CustomerState } from '../domain/customer-state';
import { customerStateSchema, type CustomerStateDocument } from './customer-state.schema';

/** The part of a customer that a writer changed; the rest is another writer's. */
export type ChangedPart = 'projection' | 'contacts';

/** Decision facts and contact history, by customer. */
@Injectable()
export class CustomerStateRepository {
  private readonly states: Model<CustomerStateDocument>;
  private readonly listeners: ((customerIds: readonly string[]) => void)[] = [];

  constructor(mongo: Mongo) {
    this.states = mongo.model('CustomerState', customerStateSchema);
  }

  async find(customerId: string, tx?: Transaction): Promise<CustomerState | null> {
    return (await this.findMany([customerId], tx)).get(customerId) ?? null;
  }

  async findMany(customerIds: readonly string[], tx?: Transaction): Promise<Map<string, CustomerState>> {
    const documents = await this.states.collection
      .find({ _id: { $in: [...new Set(customerIds)] as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toState(document as unknown as CustomerStateDocument)]),
    );
  }

  /** Some known customers, for a model's dry run. */
  async sample(limit: number): Promise<CustomerState[]> {
    const documents = await this.states.find().limit(limit).lean<CustomerStateDocument[]>();
    return documents.map(toState).filter(({ facts }) => facts !== null);
  }

  /** Roughly how many there are. */
  estimateCount(): Promise<number> {
    return this.states.collection.estimatedDocumentCount();
  }

  /** Ids with their organisation in id order, after one; null for those of whom no facts are known. */
  async listOwners(after: string, limit: number): Promise<{ customerId: string; orgPath: string | null }[]> {
    const documents = await this.states.collection
      .find({ _id: { $gt: after as never } }, { projection: { 'facts.orgPath': 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ _id, facts }) => ({
      customerId: String(_id),
      orgPath: (facts as { orgPath?: string } | null | undefined)?.orgPath ?? null,
    }));
  }

  /** Called with the ids of customers that are being written, before the commit; a write that is given up calls all the same. */
  onWrite(listener: (customerIds: readonly string[]) => void): void {
    this.listeners.push(listener);
  }

  async addMany(states: readonly CustomerState[], tx: Transaction): Promise<void> {
    if (states.length === 0) return;
    this.tell(states);
    const documents = states.map(({ customerId, ...fields }) => ({ _id: customerId, ...fields }));
    await this.states.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Read in the same transaction: a concurrent change of the customer is a write conflict. */
  async saveMany(states: readonly CustomerState[], part: ChangedPart, tx: Transaction): Promise<void> {
    if (states.length === 0) return;
    this.tell(states);
    const operations = states.map(({ customerId, facts, writtenThrough, contacts, outcomes }) => ({
      updateOne: {
        filter: { _id: customerId as never },
        update: { $set: part === 'projection' ? { facts, writtenThrough } : { contacts, outcomes } },
      },
    }));
    await this.states.collection.bulkWrite(operations, { session: tx.session, ordered: false });
  }

  private tell(states: readonly CustomerState[]): void {
    const customerIds = states.map(({ customerId }) => customerId);
    for (const listener of this.listeners) listener(customerIds);
  }
}

const toState = ({ _id, ...fields }: CustomerStateDocument): CustomerState => ({ customerId: _id, ...fields });
