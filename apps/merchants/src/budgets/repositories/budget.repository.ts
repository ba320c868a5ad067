import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { budgetIdOf, type Budget } from '../domain/budget';
import { budgetSchema, type BudgetDocument } from './budget.schema';

/** Limits and use of merchants and stores. */
@Injectable()
export class BudgetRepository {
  private readonly budgets: Model<BudgetDocument>;

  constructor(mongo: Mongo) {
    this.budgets = mongo.model('Budget', budgetSchema);
  }

  async findMany(budgetIds: readonly string[], tx?: Transaction): Promise<Map<string, Budget>> {
    const documents = await this.budgets
      .find({ _id: { $in: [...budgetIds] } }, null, { session: tx?.session })
      .lean<BudgetDocument[]>();
    return new Map(documents.map(({ _id, ...budget }) => [_id, budget]));
  }

  async saveMany(budgets: readonly Budget[], tx: Transaction): Promise<void> {
    if (budgets.length === 0) return;
    const writes = budgets.map((budget) => ({
      updateOne: { filter: { _id: budgetIdOf(budget) }, update: { $set: budget }, upsert: true },
    }));
    await this.budgets.bulkWrite(writes, { session: tx.session });
  }

  /** Of a merchant and its stores: the merchant's first. */
  async list(merchantId: string, limit: number, after = ''): Promise<Budget[]> {
    const documents = await this.budgets
      .find({ merchantId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<BudgetDocument[]>();
    return documents.map(({ _id, ...budget }) => budget);
  }
}
