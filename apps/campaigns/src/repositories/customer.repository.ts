import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { CustomerFacts } from '../domain/customer-facts';
import { customerFactsSchema, type CustomerFactsDocument } from './customer.schema';

/** A copy of what rules ask of customers, kept by their events. */
@Injectable()
export class CustomerRepository {
  private readonly customers: Model<CustomerFactsDocument>;

  constructor(mongo: Mongo) {
    this.customers = mongo.model('CustomerFacts', customerFactsSchema);
  }

  async findMany(customerIds: readonly string[], tx?: Transaction): Promise<Map<string, CustomerFacts>> {
    const documents = await this.read(customerIds, {}, tx);
    return new Map(documents.map((document) => [document._id, toCustomer(document)]));
  }

  async findVersions(customerIds: readonly string[], tx: Transaction): Promise<Map<string, number>> {
    const documents = await this.read(customerIds, { version: 1 }, tx);
    return new Map(documents.map(({ _id, version }) => [_id, version]));
  }

  /** Where customers belong, and some of their attributes. */
  async findPlaces(
    customerIds: readonly string[],
    attributes: readonly string[],
  ): Promise<Map<string, Pick<CustomerFacts, 'orgPath' | 'attributes'>>> {
    const wanted = Object.fromEntries(attributes.map((attribute) => [`attributes.${attribute}`, 1]));
    const documents = await this.read(customerIds, { orgPath: 1, ...wanted });
    return new Map(documents.map(({ _id, orgPath, attributes: found = {} }) => [_id, { orgPath, attributes: found }]));
  }

  /** What the core knows customers by, and where they belong. */
  async findNames(customerIds: readonly string[]): Promise<Map<string, Pick<CustomerFacts, 'externalId' | 'orgPath'>>> {
    const documents = await this.read(customerIds, { externalId: 1, orgPath: 1 });
    return new Map(documents.map(({ _id, externalId, orgPath }) => [_id, { externalId, orgPath }]));
  }

  /** Writes whole copies; a race for a new one ends in a duplicate key, which runs the transaction again. */
  async saveMany(
    copies: readonly { customer: CustomerFacts; dateKeys: string[]; isNew: boolean }[],
    tx: Transaction,
  ): Promise<void> {
    const documents = copies.map(({ customer: { customerId, ...fields }, dateKeys, isNew }) => ({
      isNew,
      document: { _id: customerId, ...fields, dateKeys },
    }));
    const fresh = documents.filter(({ isNew }) => isNew).map(({ document }) => document);
    if (fresh.length > 0) await this.customers.collection.insertMany(fresh as never[], { session: tx.session });
    const changed = documents.filter(({ isNew }) => !isNew);
    if (changed.length === 0) return;
    await this.customers.collection.bulkWrite(
      changed.map(({ document: { _id, ...replacement } }) => ({
        replaceOne: { filter: { _id: _id as never }, replacement: replacement as never },
      })),
      { session: tx.session, ordered: false },
    );
  }

  /** Customers found under a date key, in id order. */
  async listByDateKey(dateKey: string, limit: number, after = ''): Promise<CustomerFacts[]> {
    const documents = await this.customers
      .find({ dateKeys: dateKey, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CustomerFactsDocument[]>();
    return documents.map(toCustomer);
  }

  private async read(
    customerIds: readonly string[],
    projection: object,
    tx?: Transaction,
  ): Promise<CustomerFactsDocument[]> {
    if (customerIds.length === 0) return [];
    const documents = await this.customers.collection
      .find({ _id: { $in: customerIds as never[] } }, { session: tx?.session, projection })
      .toArray();
    return documents as unknown as CustomerFactsDocument[];
  }
}

function toCustomer({ _id, dateKeys: _dateKeys, ...fields }: CustomerFactsDocument): CustomerFacts {
  return { customerId: _id, ...fields };
}
