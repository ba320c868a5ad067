import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { newId } from '@tidegate/service';
import type { Model, mongo } from 'mongoose';
import { factOfMessage } from '../customers.message';
import type { Fact } from '../domain/fact';
import { factLogSchema, type FactLogDocument } from './fact-log.schema';
import { FeedRepository } from './feed.repository';

const ENTRIES_PER_READ = 20;

/** Every accepted fact once, in the batches in which they came: the truth that profiles and the columnar copy are made from. */
@Injectable()
export class FactLogRepository {
  private readonly model: Model<FactLogDocument>;

  constructor(
    mongo: Mongo,
    private readonly feed: FeedRepository,
  ) {
    this.model = mongo.model('FactLog', factLogSchema);
  }

  /** Which of the ids are in the log. */
  async findIds(factIds: readonly string[], tx: Transaction): Promise<Set<string>> {
    const asked = new Set(factIds);
    const taken = new Set<string>();
    const entries = this.collection
      .find({ factIds: { $in: [...factIds] } }, { projection: { factIds: 1 }, session: tx.session })
      .batchSize(ENTRIES_PER_READ);
    for await (const entry of entries) {
      for (const factId of entry.factIds) if (asked.has(factId)) taken.add(factId);
    }
    return taken;
  }

  /** Adds one entry; a fact that is in the log already fails the transaction with a duplicate key. */
  async append(facts: readonly { factId: string; dataJson: string }[], tx: Transaction): Promise<void> {
    const entry = {
      _id: newId(),
      factIds: facts.map(({ factId }) => factId),
      facts: `[${facts.map(({ dataJson }) => dataJson).join(',')}]`,
      at: new Date(),
    };
    await this.collection.insertOne(entry, { session: tx.session });
    this.feed.tellFacts(entry._id, tx);
  }

  /** The facts of some entries. */
  async read(entryIds: readonly string[]): Promise<Fact[]> {
    const entries = this.collection.find({ _id: { $in: [...entryIds] } }, { projection: { factIds: 0 } });
    return (await entries.batchSize(ENTRIES_PER_READ).toArray()).flatMap(factsOf);
  }

  /** Every fact, in no order: for building the columnar copy. */
  async *all(): AsyncGenerator<Fact[]> {
    const entries = this.collection.find({}, { projection: { factIds: 0 } }).batchSize(ENTRIES_PER_READ);
    for await (const entry of entries) yield factsOf(entry);
  }

  private get collection(): mongo.Collection<FactLogDocument> {
    return this.model.collection as unknown as mongo.Collection<FactLogDocument>;
  }
}

const factsOf = ({ facts, at }: FactLogDocument): Fact[] =>
  (JSON.parse(facts) as unknown[]).map((fact) => factOfMessage(FactRecorded.fromJSON(fact), at));
