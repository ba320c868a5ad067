import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Payout } from '../domain/release';
import { payoutSchema, type PayoutDocument } from './settlement.schema';

/** Pay-outs, by id, which grows with time. */
@Injectable()
export class PayoutRepository {
  private readonly payouts: Model<PayoutDocument>;

  constructor(mongo: Mongo) {
    this.payouts = mongo.model('Payout', payoutSchema);
  }

  async add({ payoutId, ...fields }: Payout, tx: Transaction): Promise<void> {
    await this.payouts.create([{ _id: payoutId, ...fields, isPosted: false }], { session: tx.session });
  }

  async find(payoutId: string): Promise<Payout | null> {
    const document = await this.payouts.findById(payoutId).lean<PayoutDocument>();
    return document && toPayout(document);
  }

  async markPosted(payoutId: string): Promise<void> {
    await this.payouts.updateOne({ _id: payoutId }, { $set: { isPosted: true } });
  }

  /** Those whose posting may have stopped half-way. */
  async listUnposted(limit: number): Promise<Payout[]> {
    const documents = await this.payouts
      .find({ isPosted: false })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<PayoutDocument[]>();
    return documents.map(toPayout);
  }

  /** Newest first. */
  async list(limit: number, before?: string): Promise<Payout[]> {
    const documents = await this.payouts
      .find(before ? { _id: { $lt: before } } : {})
      .sort({ _id: -1 })
      .limit(limit)
      .lean<PayoutDocument[]>();
    return documents.map(toPayout);
  }
}

const toPayout = ({ _id, isPosted: _posted, ...fields }: PayoutDocument): Payout => ({ payoutId: _id, ...fields });
