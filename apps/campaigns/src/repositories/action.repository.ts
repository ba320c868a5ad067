import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Action } from '../domain/action';
import { actionSchema, type ActionDocument } from './action.schema';
import { visibleTo } from './org-filter';

/** The offer catalogue. */
@Injectable()
export class ActionRepository {
  private readonly actions: Model<ActionDocument>;

  constructor(mongo: Mongo) {
    this.actions = mongo.model('Action', actionSchema);
  }

  async find(actionId: string, tx?: Transaction): Promise<Action | null> {
    return (await this.findMany([actionId], tx)).get(actionId) ?? null;
  }

  async findMany(actionIds: readonly string[], tx?: Transaction): Promise<Map<string, Action>> {
    if (actionIds.length === 0) return new Map();
    const documents = await this.actions
      .find({ _id: { $in: actionIds } }, null, { session: tx?.session })
      .lean<ActionDocument[]>();
    return new Map(documents.map((document) => [document._id, toAction(document)]));
  }

  /** Writes the next version over the one read in the same transaction. */
  async save({ actionId, ...fields }: Action, isNew: boolean, tx: Transaction): Promise<void> {
    if (isNew) await this.actions.create([{ _id: actionId, ...fields }], { session: tx.session });
    else await this.actions.replaceOne({ _id: actionId }, fields, { session: tx.session });
  }

  /** In id order, those that a scope may use or sees below it. */
  async list(limit: number, { scope, after }: { scope?: string; after?: string }): Promise<Action[]> {
    const documents = await this.actions
      .find({ ...visibleTo(scope), ...(after !== undefined && { _id: { $gt: after } }) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ActionDocument[]>();
    return documents.map(toAction);
  }
}

/** Of documents that are older than authorship. */
const UNKNOWN_AUTHORS = { authors: [] };

const toAction = ({ _id, ...fields }: ActionDocument): Action => ({ ...UNKNOWN_AUTHORS, actionId: _id, ...fields });
