import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { DecisionRecord } from '../domain/decision';
import { packCandidates, unpackCandidates } from './candidate-packing';
import { decisionSchema, type DecisionDocument } from './decision.schema';

/** Decision records: by id, by customer, by push, and by what runs out. */
@Injectable()
export class DecisionRepository {
  private readonly decisions: Model<DecisionDocument>;

  constructor(mongo: Mongo) {
    this.decisions = mongo.model('Decision', decisionSchema);
  }

  async find(decisionId: string, tx?: Transaction): Promise<DecisionRecord | null> {
    return (await this.findMany([decisionId], tx)).get(decisionId) ?? null;
  }

  async findMany(decisionIds: readonly string[], tx?: Transaction): Promise<Map<string, DecisionRecord>> {
    const documents = await this.decisions.collection
      .find({ _id: { $in: [...new Set(decisionIds)] as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toRecord(document as unknown as DecisionDocument)]),
    );
  }

  async addMany(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    await this.decisions.collection.insertMany(records.map(toDocument) as never[], { session: tx.session });
  }

  /** Writes what an outcome or an expiry changed. Read in the same transaction. */
  async saveMany(records: readonly DecisionRecord[], tx: Transaction): Promise<void> {
    if (records.length === 0) return;
    const operations = records.map(({ decisionId, outcomes, reservation, expiresAt, isTaught }) => ({
      updateOne: {
        filter: { _id: decisionId as never },
        update:
          expiresAt === null
            ? { $set: { outcomes, reservation, expiresAt, isTaught }, $unset: { dueAt: '' } }
            : { $set: { outcomes, reservation, expiresAt, isTaught, dueAt: expiresAt } },
      },
    }));
    await this.decisions.collection.bulkWrite(operations as never[], { session: tx.session, ordered: false });
  }

  /** One customer's, newest first; `before` is the last row's key. */
  async listOfCustomer(customerId: string, limit: number, before?: string): Promise<DecisionRecord[]> {
    const documents = await this.decisions
      .find({ customerId, ...(before && { sortKey: { $lt: before } }) })
      .sort({ sortKey: -1 })
      .limit(limit)
      .lean<DecisionDocument[]>();
    return documents.map(toRecord);
  }

  /** One push's, ranked first, then as they were listed; `after` is the last row's order. */
  async listOfPush(pushId: string, limit: number, after: number): Promise<DecisionRecord[]> {
    const documents = await this.decisions
      .find({ 'push.pushId': pushId, 'push.order': { $gt: after } }, { candidates: 0 })
      .sort({ 'push.order': 1 })
      .limit(limit)
      .lean<DecisionDocument[]>();
    return documents.map(toRecord);
  }

  /** Ids of reservations that ran out, oldest first. */
  async listDue(now: Date, limit: number): Promise<string[]> {
    const documents = await this.decisions
      .find({ dueAt: { $lte: now } }, { _id: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}

export const sortKeyOf = ({ decidedAt, decisionId }: Pick<DecisionRecord, 'decidedAt' | 'decisionId'>): string =>
  `${decidedAt.toISOString()}|${decisionId}`;

function toDocument(record: DecisionRecord): DecisionDocument {
  const { decisionId, push, candidates, ...fields } = record;
  return {
    _id: decisionId,
    ...fields,
    candidates: packCandidates(candidates),
    // Left out rather than null, so that the push's index holds members alone.
    ...((push === null ? {} : { push }) as Pick<DecisionDocument, 'push'>),
    sortKey: sortKeyOf(record),
    ...(record.expiresAt !== null && { dueAt: record.expiresAt }),
  };
}

function toRecord({ _id, sortKey: _sortKey, dueAt: _dueAt, candidates, ...fields }: DecisionDocument): DecisionRecord {
  return {
    decisionId: _id,
    ...fields,
    push: fields.push ?? null,
    candidates: candidates === undefined ? [] : unpackCandidates(candidates),
  };
}
