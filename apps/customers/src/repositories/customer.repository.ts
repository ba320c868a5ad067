import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { Customer } from '../domain/customer';
import { customerSchema, type CustomerDocument } from './customer.schema';
import { FeedRepository } from './feed.repository';

const IDS_PER_QUERY_MAX = 1_000;

/** Place of a customer in the order of (orgPath, customerId). */
export interface CustomerPlace {
  orgPath: string;
  customerId: string;
}

/** Customers by their id; every write also tells the columnar copy. */
@Injectable()
export class CustomerRepository {
  private readonly model: Model<CustomerDocument>;

  constructor(
    mongo: Mongo,
    private readonly feed: FeedRepository,
  ) {
    this.model = mongo.model('Customer', customerSchema);
  }

  async find(customerId: string, tx?: Transaction): Promise<Customer | null> {
    const document = await this.collection.findOne({ _id: customerId }, { session: tx?.session });
    return document && toCustomer(document);
  }

  /** @throws CUSTOMER_NOT_FOUND */
  async get(customerId: string, tx?: Transaction): Promise<Customer> {
    const found = await this.find(customerId, tx);
    if (!found) throw notFound('CUSTOMER_NOT_FOUND', 'There is no such customer.', { customerId });
    return found;
  }

  /** Those that exist, by id. */
  async findMany(customerIds: readonly string[], tx?: Transaction): Promise<Map<string, Customer>> {
    const found = new Map<string, Customer>();
    for (const ids of slices(customerIds)) {
      const documents = await this.collection.find({ _id: { $in: ids } }, { session: tx?.session }).toArray();
      for (const document of documents) found.set(document._id, toCustomer(document));
    }
    return found;
  }

  /** Profiles of one natural person; one that has no key of its own stands for itself. */
  async listOfPerson(personKey: string, limit: number, tx?: Transaction): Promise<Customer[]> {
    const session = tx?.session;
    const keyed = await this.collection.find({ personKey }, { session }).limit(limit).toArray();
    const keyless = await this.collection.findOne({ _id: personKey }, { session });
    const isOwn = keyless !== null && !keyless.personKey;
    return [...keyed, ...(isOwn ? [keyless] : [])].map(toCustomer);
  }

  /** Profiles that have one of the keys, up to so many of each on average. */
  async listOfPersons(personKeys: readonly string[], limitEach: number, { session }: Transaction): Promise<Customer[]> {
    const found: Customer[] = [];
    for (const keys of slices(personKeys)) {
      const cursor = this.collection.find({ personKey: { $in: keys } }, { session }).limit(keys.length * limitEach);
      for await (const document of cursor) found.push(toCustomer(document));
    }
    return found;
  }

  /** Which of the ids are customers. */
  async findIds(customerIds: readonly string[]): Promise<string[]> {
    const documents = await this.collection
      .find({ _id: { $in: [...customerIds] } }, { projection: { _id: 1 } })
      .toArray();
    return documents.map((document) => document._id);
  }

  /** Where those of the ids are that are customers. */
  async findPlaces(customerIds: readonly string[]): Promise<CustomerPlace[]> {
    const documents = await this.collection
      .find({ _id: { $in: [...customerIds] } }, { projection: { orgPath: 1 } })
      .toArray();
    return documents.map(({ _id, orgPath }) => ({ customerId: _id, orgPath }));
  }

  /** In the order of (orgPath, customerId), within `scope` when it is given. */
  async list(limit: number, { scope, after }: { scope?: string; after?: CustomerPlace }): Promise<Customer[]> {
    const found: CustomerDocument[] = [];
    // Each range is one walk along the index; an $or of them would not be.
    for (const filter of ranges(scope, after)) {
      if (found.length >= limit) break;
      const page = this.collection.find(filter).sort({ orgPath: 1, _id: 1 });
      found.push(...(await page.limit(limit - found.length).toArray()));
    }
    return found.map(toCustomer);
  }

  /** Every customer, in no order: for building the columnar copy. */
  async *all(batchSize: number): AsyncGenerator<Customer[]> {
    yield* batches(this.collection.find({}, { batchSize }), batchSize, toCustomer);
  }

  async addMany(customers: readonly Customer[], tx: Transaction): Promise<void> {
    if (customers.length === 0) return;
    await this.collection.insertMany(customers.map(toDocument), { session: tx.session });
    this.feed.tellCustomers(customers, tx);
  }

  /** Writes changed customers whole; the snapshot's write conflict is the guard against a lost update. */
  async saveMany(customers: readonly Customer[], tx: Transaction): Promise<void> {
    if (customers.length === 0) return;
    await this.collection.bulkWrite(
      customers.map((customer) => {
        const { _id, ...replacement } = toDocument(customer);
        return { replaceOne: { filter: { _id }, replacement } };
      }),
      { session: tx.session, ordered: false },
    );
    this.feed.tellCustomers(customers, tx);
  }

  private get collection(): mongo.Collection<CustomerDocument> {
    return this.model.collection as unknown as mongo.Collection<CustomerDocument>;
  }
}

function ranges(scope: string | undefined, after: CustomerPlace | undefined): mongo.Filter<CustomerDocument>[] {
  const rest: mongo.Filter<CustomerDocument>[] = [];
  if (after) rest.push({ orgPath: after.orgPath, _id: { $gt: after.customerId } });
  if (scope === undefined) {
    rest.push(after ? { orgPath: { $gt: after.orgPath } } : {});
    return rest;
  }
  if (!after) rest.push({ orgPath: scope });
  // '0' is the character after '/': the scope's own children, and no sibling such as hq/east-2.
  const low = after && after.orgPath > `${scope}/` ? { $gt: after.orgPath } : { $gte: `${scope}/` };
  rest.push({ orgPath: { ...low, $lt: `${scope}0` } });
  return rest;
}

/** Ids in lists that one query takes well: a list of tens of thousands costs more than its parts. */
export function slices(ids: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let i = 0; i < ids.length; i += IDS_PER_QUERY_MAX) parts.push(ids.slice(i, i + IDS_PER_QUERY_MAX));
  return parts;
}

/** Gathers a cursor into arrays. */
export async function* batches<D, T>(
  cursor: AsyncIterable<D>,
  size: number,
  map: (document: D) => T,
): AsyncGenerator<T[]> {
  let batch: T[] = [];
  for await (const document of cursor) {
    batch.push(map(document));
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

function toDocument({ customerId, ...fields }: Customer): CustomerDocument {
  return { _id: customerId, ...fields };
}

function toCustomer({ _id, ...fields }: CustomerDocument): Customer {
  return { customerId: _id, ...fields };
}
