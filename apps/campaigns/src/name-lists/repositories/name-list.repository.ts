import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { isUnfinished, type NameList } from '../domain/name-list';
import { ofSubtree } from '../../repositories/org-filter';
import { nameListSchema, type NameListDocument } from './name-list.schema';

const UNFINISHED_MAX = 100;

export interface NameListFilter {
  strategyId: string;
  parentListId: string;
  /** Undefined for the whole bank. */
  scope: string | undefined;
}

/** Name lists and who works on them. */
@Injectable()
export class NameListRepository {
  private readonly lists: Model<NameListDocument>;

  constructor(mongo: Mongo) {
    this.lists = mongo.model('NameList', nameListSchema);
  }

  async add(list: NameList, tx: Transaction): Promise<void> {
    const { listId, ...fields } = list;
    const unheld = { holder: '', heldUntil: null, isUnfinished: isUnfinished(list) };
    await this.lists.create([{ _id: listId, ...fields, ...unheld }], { session: tx.session });
  }

  async addMany(lists: readonly NameList[], tx: Transaction): Promise<void> {
    for (const list of lists) await this.add(list, tx);
  }

  /** Those there are. */
  async findMany(listIds: readonly string[], tx?: Transaction): Promise<NameList[]> {
    if (listIds.length === 0) return [];
    const documents = await this.lists
      .find({ _id: { $in: listIds } }, null, { session: tx?.session })
      .lean<NameListDocument[]>();
    return documents.map(toNameList);
  }

  /** @throws NAME_LIST_NOT_FOUND */
  async get(listId: string, tx?: Transaction): Promise<NameList> {
    const document = await this.lists.findById(listId, null, { session: tx?.session }).lean<NameListDocument>();
    if (!document) throw notFound('NAME_LIST_NOT_FOUND', 'There is no such name list.', { listId });
    return toNameList(document);
  }

  /** Writes the list that was read in the same transaction: of two at once, one is run again. */
  async save(list: NameList, tx: Transaction): Promise<void> {
    const { listId, ...fields } = list;
    const changes = { ...fields, isUnfinished: isUnfinished(list) };
    await this.lists.updateOne({ _id: listId }, { $set: changes }, { session: tx.session });
  }

  /** Takes or keeps the work on a list; false when another replica holds it and is alive. */
  async hold(
    listId: string,
    holder: string,
    { now, until }: { now: Date; until: Date },
    tx: Transaction,
  ): Promise<boolean> {
    const document = await this.lists.findById(listId, null, { session: tx.session }).lean<NameListDocument>();
    if (!document) return false;
    const isTaken = document.holder !== holder && document.heldUntil !== null && document.heldUntil > now;
    if (isTaken) return false;
    await this.take(listId, holder, until, tx);
    return true;
  }

  /** Takes the work on a list from whoever has it. */
  async take(listId: string, holder: string, until: Date, tx: Transaction): Promise<void> {
    await this.lists.updateOne({ _id: listId }, { $set: { holder, heldUntil: until } }, { session: tx.session });
  }

  /** Leaves what comes next of a list to whoever is first. */
  async letGo(listId: string, tx: Transaction): Promise<void> {
    await this.lists.updateOne({ _id: listId }, { $set: { holder: '', heldUntil: null } }, { session: tx.session });
  }

  /** Gives up all work that a replica holds. */
  async release(holder: string): Promise<void> {
    await this.lists.updateMany({ isUnfinished: true, holder }, { $set: { holder: '', heldUntil: null } });
  }

  /** Lists with work left that does not wait, oldest first: those that wait hold nobody up. */
  async listUnfinished(now: Date): Promise<NameList[]> {
    const documents = await this.lists
      .find({
        isUnfinished: true,
        $or: [{ state: { $ne: 'building' } }, { 'build.notBefore': { $lte: now } }],
        'job.notBefore': { $not: { $gt: now } },
      })
      .sort({ _id: 1 })
      .limit(UNFINISHED_MAX)
      .lean<NameListDocument[]>();
    return documents.map(toNameList);
  }

  /** Newest first, of a scope of the organisation, narrowed to a strategy or to what was handed down from a list. */
  async list(filter: NameListFilter, limit: number, after?: string): Promise<NameList[]> {
    const documents = await this.lists
      .find({
        ...(filter.strategyId && { strategyId: filter.strategyId }),
        ...(filter.parentListId && { parentListId: filter.parentListId }),
        ...ofSubtree(filter.scope),
        ...(after !== undefined && { _id: { $lt: after } }),
      })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<NameListDocument[]>();
    return documents.map(toNameList);
  }

  /** Lists whose adjustment is due and not begun. */
  async listAdjustmentsDue(now: Date): Promise<NameList[]> {
    const documents = await this.lists
      .find({ nextAdjustmentAt: { $lte: now, $ne: null }, job: null })
      .limit(UNFINISHED_MAX)
      .lean<NameListDocument[]>();
    return documents.map(toNameList);
  }
}

function toNameList(document: NameListDocument): NameList {
  const { _id, holder: _holder, heldUntil: _heldUntil, isUnfinished: _isUnfinished, ...fields } = document;
  return { listId: _id, ...fields };
}
