import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Adjustment, ListSplit } from '../domain/list-split';
import {
  listAdjustmentSchema,
  listSplitSchema,
  type ListAdjustmentDocument,
  type ListSplitDocument,
} from './list-split.schema';

const adjustmentId = (listId: string, round: number): string => `${listId}|${String(round).padStart(6, '0')}`;

/** How lists are split, and their adjustments. */
@Injectable()
export class ListSplitRepository {
  private readonly splits: Model<ListSplitDocument>;
  private readonly adjustments: Model<ListAdjustmentDocument>;

  constructor(mongo: Mongo) {
    this.splits = mongo.model('NameListSplit', listSplitSchema);
    this.adjustments = mongo.model('NameListAdjustment', listAdjustmentSchema);
  }

  async find(listId: string, tx?: Transaction): Promise<ListSplit | null> {
    const document = await this.splits.findById(listId, null, { session: tx?.session }).lean<ListSplitDocument>();
    return document && toSplit(document);
  }

  /** @throws NAME_LIST_NOT_SPLIT */
  async get(listId: string, tx?: Transaction): Promise<ListSplit> {
    const split = await this.find(listId, tx);
    if (split === null) throw refused('NAME_LIST_NOT_SPLIT', 'The list is not split.', { listId });
    return split;
  }

  async save(split: ListSplit, tx: Transaction): Promise<void> {
    const { listId, ...fields } = split;
    await this.splits.updateOne({ _id: listId }, { $set: fields }, { session: tx.session, upsert: true });
  }

  async remove(listId: string, tx: Transaction): Promise<void> {
    await this.splits.deleteOne({ _id: listId }, { session: tx.session });
  }

  /** Splits that count to the load of people, by whichever team they take part. */
  async listActiveOf(personIds: readonly string[], tx: Transaction): Promise<ListSplit[]> {
    if (personIds.length === 0) return [];
    const documents = await this.splits
      .find({ 'receivers.id': { $in: personIds }, isActive: true }, null, { session: tx.session })
      .lean<ListSplitDocument[]>();
    return documents.map(toSplit);
  }

  async addAdjustment(listId: string, adjustment: Adjustment, tx: Transaction): Promise<void> {
    const document = { _id: adjustmentId(listId, adjustment.round), ...adjustment };
    await this.adjustments.create([document], { session: tx.session });
  }

  /** Newest first. `|` sorts before `}`, so the range holds this list's and no other's. */
  async listAdjustments(listId: string, limit: number, beforeRound?: number): Promise<Adjustment[]> {
    const end = beforeRound === undefined ? `${listId}}` : adjustmentId(listId, beforeRound);
    const documents = await this.adjustments
      .find({ _id: { $gt: `${listId}|`, $lt: end } })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<ListAdjustmentDocument[]>();
    return documents.map(({ _id, ...adjustment }) => adjustment);
  }
}

function toSplit({ _id, ...fields }: ListSplitDocument): ListSplit {
  return { listId: _id, ...fields };
}
