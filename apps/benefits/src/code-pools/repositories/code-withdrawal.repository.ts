import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { CodeWithdrawal } from '../domain/code-withdrawal';
import { codeWithdrawalSchema, type CodeWithdrawalDocument } from './code-pool.schema';

/** Who withdrew what of a pool's codes, and why; only ever added to. */
@Injectable()
export class CodeWithdrawalRepository {
  private readonly withdrawals: Model<CodeWithdrawalDocument>;

  constructor(mongo: Mongo) {
    this.withdrawals = mongo.model('CodeWithdrawal', codeWithdrawalSchema);
  }

  async add({ withdrawalId, ...fields }: CodeWithdrawal, tx: Transaction): Promise<void> {
    await this.withdrawals.collection.insertOne({ _id: withdrawalId, ...fields } as never, { session: tx.session });
  }

  /** Of one pool, newest first, after a withdrawal. */
  async list(poolId: string, limit: number, after?: string): Promise<CodeWithdrawal[]> {
    const documents = await this.withdrawals
      .find({ poolId, ...(after && { _id: { $lt: after } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<CodeWithdrawalDocument[]>();
    return documents.map(({ _id, ...fields }) => ({ withdrawalId: _id, ...fields }));
  }
}
