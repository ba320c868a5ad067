import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Fact } from '../domain/fact';
import { factSchema, intakeSchema, type FactDocument, type IntakeDocument } from './fact.schema';

const INTAKE = 'intake';
const READ_BATCH_SIZE = 2_000;

/** Event facts, stored once each: the truth that every report can be rebuilt from. */
@Injectable()
export class FactRepository {
  private readonly facts: Model<FactDocument>;
  private readonly intake: Model<IntakeDocument>;

  constructor(mongo: Mongo) {
    this.facts = mongo.model('Fact', factSchema);
    this.intake = mongo.model('Intake', intakeSchema);
  }

  /**
   * Stores and counts the facts that are new. All writes go through one counter, so that two at once conflict and the numbers
   * they take follow the order of their commits.
   */
  async addMany(facts: Fact[], tx: Transaction): Promise<void> {
    const fresh = await this.withoutKnown(facts, tx);
    if (fresh.length === 0) return;
    const before = await this.intake.collection.findOne({ _id: INTAKE as never }, { session: tx.session });
    const { seq, counts } = (before as unknown as IntakeDocument | null) ?? { seq: 0, counts: [] };
    const after = { seq: seq + 1, counts: addCounts(counts, fresh) };
    const options = { session: tx.session, upsert: true };
    await this.intake.collection.updateOne({ _id: INTAKE as never }, { $set: after }, options);
    const documents = fresh
      .filter(({ rows }) => rows.length > 0)
      .map(({ factId, ...fields }) => ({ _id: factId, seq: after.seq, ...fields }));
    if (documents.length > 0) await this.facts.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Number of the last committed write; 0 before the first. */
  async lastSeq(): Promise<number> {
    const intake = await this.intake.findById(INTAKE, { seq: 1 }).lean<Pick<IntakeDocument, 'seq'>>();
    return intake?.seq ?? 0;
  }

  /** Events counted so far, by type. */
  async countByType(): Promise<Record<string, number>> {
    const intake = await this.intake.findById(INTAKE, { counts: 1 }).lean<Pick<IntakeDocument, 'counts'>>();
    return Object.fromEntries((intake?.counts ?? []).map(({ type, count }) => [type, count]));
  }

  /** Facts of the writes after one number up to another, in order, read as a stream. */
  async *read(afterSeq: number, toSeq: number): AsyncGenerator<FactDocument> {
    const cursor = this.facts.collection
      .find({ seq: { $gt: afterSeq, $lte: toSeq } })
      .sort({ seq: 1 })
      .batchSize(READ_BATCH_SIZE);
    for await (const document of cursor) yield document as unknown as FactDocument;
  }

  private async withoutKnown(facts: Fact[], tx: Transaction): Promise<Fact[]> {
    const unique = [...new Map(facts.map((fact) => [fact.factId, fact])).values()];
    const stored = await this.facts.collection
      .find(
        { _id: { $in: unique.map(({ factId }) => factId) as never[] } },
        { session: tx.session, projection: { _id: 1 } },
      )
      .toArray();
    const known = new Set(stored.map(({ _id }) => String(_id)));
    return unique.filter(({ factId }) => !known.has(factId));
  }
}

function addCounts(counts: IntakeDocument['counts'], facts: Fact[]): IntakeDocument['counts'] {
  const sums = new Map(counts.map(({ type, count }) => [type, count]));
  for (const { type } of facts) sums.set(type, (sums.get(type) ?? 0) + 1);
  return [...sums].map(([type, count]) => ({ type, count }));
}
