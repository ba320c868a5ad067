import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { DecisionRecord } from '../domain/decision';
import { allCandidates, type CandidateList } from '../domain/left-candidates';

interface CandidateListDocument extends Omit<CandidateList, 'listId' | 'candidates'> {
  _id: string;
  /** As one text, of action and channel in turn: nobody asks the database about one of them. */
  candidates: string;
}

/** Lists that are held in memory; a push has one for each version of its strategy. */
const HELD_MAX = 50;

const listSchema = new Schema<CandidateListDocument>(
  { _id: String, strategyId: String, strategyVersion: Number, candidates: String },
  { collection: 'candidate_lists', versionKey: false },
);

/** Lists of candidates that pushed decisions name; one for each version of a strategy that was pushed, and kept. */
@Injectable()
export class CandidateListRepository {
  private readonly lists: Model<CandidateListDocument>;
  /** Those known to be stored. */
  private readonly held = new Map<string, CandidateList>();

  constructor(mongo: Mongo) {
    this.lists = mongo.model('CandidateList', listSchema);
  }

  /** Stores a list, unless it is stored. The same id always names the same list. */
  async keep(list: CandidateList, { session }: Transaction): Promise<void> {
    const { listId, candidates, ...fields } = list;
    // What is only written in this transaction may be undone.
    if ((await this.findMany([listId])).has(listId)) return;
    const texts = JSON.stringify(candidates.flatMap(({ actionId, channel }) => [actionId, channel]));
    const document = { $setOnInsert: { ...fields, candidates: texts } };
    await this.lists.collection.updateOne({ _id: listId as never }, document as never, { session, upsert: true });
  }

  /** Decisions with all candidates that they were made from. */
  async complete(records: readonly DecisionRecord[]): Promise<DecisionRecord[]> {
    const lists = await this.findMany(records.flatMap(({ leftCandidates }) => leftCandidates?.listId ?? []));
    return records.map((record) => {
      const { leftCandidates } = record;
      const list = leftCandidates && lists.get(leftCandidates.listId);
      if (leftCandidates === undefined || list === undefined) return record;
      return { ...record, candidates: allCandidates(record.candidates, leftCandidates, list) };
    });
  }

  /** @param tx sees the lists that it wrote itself too */
  async findMany(listIds: readonly string[], tx?: Transaction): Promise<ReadonlyMap<string, CandidateList>> {
    const found = new Map<string, CandidateList>();
    for (const listId of listIds) {
      const list = this.held.get(listId);
      if (list !== undefined) found.set(listId, list);
    }
    const missing = [...new Set(listIds)].filter((listId) => !found.has(listId));
    if (missing.length === 0) return found;
    const options = tx && { session: tx.session };
    const documents = await this.lists.collection.find({ _id: { $in: missing as never[] } }, options).toArray();
    for (const document of documents) {
      const list = toList(document as unknown as CandidateListDocument);
      found.set(list.listId, list);
      // What a transaction wrote may be undone, and is not known to be stored.
      if (tx) continue;
      if (this.held.size >= HELD_MAX) this.held.clear();
      this.held.set(list.listId, list);
    }
    return found;
  }
}

function toList({ _id, strategyId, strategyVersion, candidates }: CandidateListDocument): CandidateList {
  const texts = JSON.parse(candidates) as string[];
  const pairs = Array.from({ length: texts.length / 2 }, (_, place) => ({
    actionId: texts[place * 2] ?? '',
    channel: texts[place * 2 + 1] ?? '',
  }));
  return { listId: _id, strategyId, strategyVersion, candidates: pairs };
}
