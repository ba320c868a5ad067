import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { NEVER_REACHED, type GoalState } from '../domain/visit-goal';
import { goalStateSchema, type GoalStateDocument } from './visit.schema';

/** Which goal of which plan. */
export interface GoalKey {
  planId: string;
  goalId: string;
}

/** How often which customer reached which visit goal. */
@Injectable()
export class GoalStateRepository {
  private readonly states: Model<GoalStateDocument>;

  constructor(mongo: Mongo) {
    this.states = mongo.model('VisitGoalState', goalStateSchema);
  }

  /** For each key, in their order, the states of the customers in theirs. */
  async findMany(keys: readonly GoalKey[], customerIds: readonly string[], tx?: Transaction): Promise<GoalState[][]> {
    const idsByKey = keys.map((key) => customerIds.map((customerId) => idOf(key, customerId)));
    const ids = idsByKey.flat();
    const documents = await this.states
      .find({ _id: { $in: ids } }, null, { session: tx?.session })
      .lean<GoalStateDocument[]>();
    const byId = new Map(documents.map(({ _id, ...state }) => [_id, state]));
    return idsByKey.map((own) => own.map((id) => byId.get(id) ?? NEVER_REACHED));
  }

  async save(key: GoalKey, customerId: string, state: GoalState, tx: Transaction): Promise<void> {
    const options = { session: tx.session, upsert: true };
    await this.states.updateOne({ _id: idOf(key, customerId) }, { $set: state }, options);
  }
}

const idOf = ({ planId, goalId }: GoalKey, customerId: string): string => [planId, goalId, customerId].join('|');
