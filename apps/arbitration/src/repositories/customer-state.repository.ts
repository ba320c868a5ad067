import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { othersOf, type CustomerState, type KeptScore } from '../domain/customer-state';
import { packSeries, unpackSeries } from './series-packing';
import { customerStateSchema, type CustomerStateDocument } from './customer-state.schema';

/** The part of a customer that a writer changed; the rest is another writer's. */
export type ChangedPart = 'projection' | 'contacts' | 'series';

/**
 * No customer, but a document among them with the counters that are whole, so that it comes with the customers in one read and is of the same
 * moment as they are.
 */
const COUNTED = '!counted';
interface CountedDocument {
  _id: typeof COUNTED;
  names: string[];
}
const isCounted = (document: CustomerStateDocument | CountedDocument): document is CountedDocument =>
  document._id === COUNTED;

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
      .find({ _id: { $in: [COUNTED, ...new Set(customerIds)] as never[] } }, { session: tx?.session })
      .toArray();
    const known = documents as unknown as (CustomerStateDocument | CountedDocument)[];
    const countedNames = known.find(isCounted)?.names ?? [];
    const states = known.filter((document): document is CustomerStateDocument => !isCounted(document));
    return new Map(states.map((document) => [document._id, toState(document, countedNames)]));
  }

  /** Customers with the other profiles of their persons; who has none costs no further read. */
  async findPersons(customerIds: readonly string[], tx?: Transaction): Promise<Map<string, CustomerState>> {
    const states = await this.findMany(customerIds, tx);
    const others = [...states.values()].flatMap(othersOf).filter((customerId) => !states.has(customerId));
    if (others.length === 0) return states;
    return new Map([...states, ...(await this.findMany(others, tx))]);
  }

  /** What customers' attribute `timeZone` says, of those who have one. */
  async findTimeZones(customerIds: readonly string[]): Promise<Map<string, unknown>> {
    const documents = await this.states.collection
      .find({ _id: { $in: [...new Set(customerIds)] as never[] } }, { projection: { 'facts.attributes.timeZone': 1 } })
      .toArray();
    return new Map(documents.map(({ _id, facts }) => [String(_id), facts?.attributes.timeZone]));
  }

  /** Some known customers, for a model's dry run. */
  async sample(limit: number): Promise<CustomerState[]> {
    const documents = await this.states.find().limit(limit).lean<CustomerStateDocument[]>();
    return documents.map((document) => toState(document, [])).filter(({ facts }) => facts !== null);
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

  /** Tells whoever reads a customer from then on which counters are whole. */
  async saveCountedNames(names: readonly string[], tx: Transaction): Promise<void> {
    const document = { facts: null, names };
    await this.states.collection.replaceOne({ _id: COUNTED as never }, document as never, {
      session: tx.session,
      upsert: true,
    });
  }

  /** Called with the ids of customers that are being written, before the commit; a write that is given up calls all the same. */
  onWrite(listener: (customerIds: readonly string[]) => void): void {
    this.listeners.push(listener);
  }

  async addMany(states: readonly CustomerState[], tx: Transaction): Promise<void> {
    if (states.length === 0) return;
    this.tell(states);
    const documents = states.map(({ customerId, past, ...fields }) => ({
      _id: customerId,
      ...fields,
      series: packSeries(past.series),
    }));
    await this.states.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Read in the same transaction: a concurrent change of the customer is a write conflict. */
  async saveMany(states: readonly CustomerState[], part: ChangedPart, tx: Transaction): Promise<void> {
    if (states.length === 0) return;
    this.tell(states);
    const operations = states.map((state) => ({
      updateOne: { filter: { _id: state.customerId as never }, update: { $set: partOf(state, part) } },
    }));
    await this.states.collection.bulkWrite(operations, { session: tx.session, ordered: false });
  }

  /** Marks customers whose contacts a decision stood on without changing them: whoever changes them meanwhile is a write conflict. */
  async touchMany(customerIds: readonly string[], { session }: Transaction): Promise<void> {
    if (customerIds.length === 0) return;
    const operations = customerIds.map((customerId) => ({
      updateOne: { filter: { _id: customerId as never }, update: { $inc: { touchCount: 1 } as never } },
    }));
    await this.states.collection.bulkWrite(operations, { session, ordered: false });
  }

  /** What a remote model said of customers, beside whatever else is written of them meanwhile. */
  async keepScores(modelId: string, kept: readonly { customerId: string; score: KeptScore }[]): Promise<void> {
    if (kept.length === 0) return;
    const operations = kept.map(({ customerId, score }) => ({
      updateOne: { filter: { _id: customerId as never }, update: { $set: { [`modelScores.${modelId}`]: score } } },
    }));
    await this.states.collection.bulkWrite(operations, { ordered: false });
  }

  private tell(states: readonly CustomerState[]): void {
    const customerIds = states.map(({ customerId }) => customerId);
    for (const listener of this.listeners) listener(customerIds);
  }
}

const toState = (
  { _id, series, touchCount, ...fields }: CustomerStateDocument,
  countedNames: readonly string[],
): CustomerState => ({ customerId: _id, ...fields, past: { series: unpackSeries(series), countedNames } });

function partOf(state: CustomerState, part: ChangedPart): Record<string, unknown> {
  if (part === 'series') return { series: packSeries(state.past.series) };
  const { facts, writtenThrough, contacts, outcomes } = state;
  return part === 'projection' ? { facts, writtenThrough } : { contacts, outcomes };
}
