import { Injectable } from '@nestjs/common';
import { FactRecorded } from '@tidegate/contracts/customers/v1/customers_events';
import { Mongo, newId, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import { factOfMessage } from '../customers.message';
import type { Fact } from '../domain/fact';
import { intakeLogSchema, type IntakeLogDocument } from './intake-log.schema';

const ENTRIES_PER_READ = 20;

/** What one call brought. */
export interface IntakeEntry {
  entryId: string;
  facts: Fact[];
}

/** Every accepted fact in the batches in which they came, before it is known which of them came before. */
@Injectable()
export class IntakeLogRepository {
  private readonly model: Model<IntakeLogDocument>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('IntakeLog', intakeLogSchema);
  }

  /** @returns the new entry's id */
  async append(facts: readonly { dataJson: string }[], tx: Transaction): Promise<string> {
    const _id = newId();
    const text = `[${facts.map(({ dataJson }) => dataJson).join(',')}]`;
    await this.collection.insertOne({ _id, facts: text, at: new Date() }, { session: tx.session });
    return _id;
  }

  /** The entries that there are, oldest first. */
  async read(entryIds: readonly string[], tx?: Transaction): Promise<IntakeEntry[]> {
    const entries = this.collection.find({ _id: { $in: [...entryIds] } }, { session: tx?.session });
    const found = (await entries.batchSize(ENTRIES_PER_READ).toArray()).map(toEntry);
    return found.sort((a, b) => (a.entryId < b.entryId ? -1 : 1));
  }

  private get collection(): mongo.Collection<IntakeLogDocument> {
    return this.model.collection as unknown as mongo.Collection<IntakeLogDocument>;
  }
}

const toEntry = ({ _id, facts, at }: IntakeLogDocument): IntakeEntry => ({
  entryId: _id,
  facts: (JSON.parse(facts) as unknown[]).map((fact) => factOfMessage(FactRecorded.fromJSON(fact), at)),
});
