import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { Fact, FiledFact } from '../domain/fact';
import { batches, slices } from './customer.repository';
import { factSchema, type FactDocument } from './fact.schema';

/** Every fact once, by customer and time: the truth that profiles, timelines and the columnar copy are made from. */
@Injectable()
export class FactRepository {
  private readonly model: Model<FactDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('Fact', factSchema);
  }

  /** Which of the ids are stored already. */
  async findIds(factIds: readonly string[], tx?: Transaction): Promise<Set<string>> {
    const found = new Set<string>();
    for (const ids of slices(factIds)) {
      const documents = this.collection.find({ _id: { $in: ids } }, { projection: { _id: 1 }, session: tx?.session });
      for await (const { _id } of documents) found.add(_id);
    }
    return found;
  }

  /** Every fact, in no order: for building the columnar copy. */
  async *all(batchSize: number): AsyncGenerator<Fact[]> {
    yield* batches(this.collection.find({}, { batchSize }), batchSize, toFact);
  }

  async addMany(facts: readonly Fact[], filedAt: Date, tx: Transaction): Promise<void> {
    if (facts.length === 0) return;
    const documents = facts.map(({ factId, ...fields }) => ({ _id: factId, ...fields, filedAt }));
    await this.collection.insertMany(documents, { session: tx.session });
  }

  async findMany(factIds: readonly string[]): Promise<Map<string, FiledFact>> {
    const found = new Map<string, FiledFact>();
    for (const ids of slices(factIds)) {
      for await (const document of this.collection.find({ _id: { $in: ids } }))
        found.set(document._id, toFact(document));
    }
    return found;
  }

  /** One customer's facts after a moment, newest first. */
  async listSince(customerId: string, after: Date, limit: number): Promise<FiledFact[]> {
    const documents = this.collection.find({ customerId, occurredAt: { $gt: after } });
    return (await documents.sort({ occurredAt: -1 }).limit(limit).toArray()).map(toFact);
  }

  /** One customer's facts after a moment and before another, newest first. */
  async listBetween(customerId: string, after: Date, before: Date, limit: number): Promise<FiledFact[]> {
    const documents = this.collection.find({ customerId, occurredAt: { $gt: after, $lt: before } });
    return (await documents.sort({ occurredAt: -1 }).limit(limit).toArray()).map(toFact);
  }

  /** One customer's facts up to a moment, newest first; those of one moment in the order of their ids. */
  async listUntil(customerId: string, until: Date, limit: number): Promise<Fact[]> {
    const documents = this.collection.find({ customerId, occurredAt: { $lte: until } });
    return (await documents.sort({ occurredAt: -1, _id: 1 }).limit(limit).toArray()).map(toFact);
  }

  private get collection(): mongo.Collection<FactDocument> {
    return this.model.collection as unknown as mongo.Collection<FactDocument>;
  }
}

function toFact({ _id, filedAt, ...fields }: FactDocument): FiledFact {
  return { factId: _id, ...fields, filedAt: filedAt ?? fields.acceptedAt };
}
