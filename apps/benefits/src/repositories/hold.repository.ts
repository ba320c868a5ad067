import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { Hold } from '../domain/hold';
import type { CodeContent } from '../domain/redemption-code';

interface HoldDocument extends Omit<Hold, 'holdId'> {
  _id: string;
}

interface UsedCodeDocument {
  /** `<instance id>.<step>`. */
  _id: string;
  usedAt: Date;
}

const USED_CODE_SECONDS = 3600;

const holdSchema = new Schema<HoldDocument>(
  {
    _id: String,
    instanceId: { type: String, required: true },
    stockId: { type: String, required: true },
    customerId: { type: String, required: true },
    merchantId: { type: String, required: true },
    storeId: { type: String, required: true },
    clerkId: { type: String, required: true },
    orderAmountMinor: { type: Number, required: true },
    state: { type: String, required: true },
    heldAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'holds', versionKey: false },
);
holdSchema.index({ state: 1, expiresAt: 1 });

const usedCodeSchema = new Schema<UsedCodeDocument>(
  { _id: String, usedAt: Date },
  { collection: 'used_codes', versionKey: false },
);
// A code is stale long before it is forgotten.
usedCodeSchema.index({ usedAt: 1 }, { expireAfterSeconds: USED_CODE_SECONDS });

/** Holds at tills, and the codes they used up. */
@Injectable()
export class HoldRepository {
  private readonly holds: Model<HoldDocument>;
  private readonly usedCodes: Model<UsedCodeDocument>;

  constructor(mongo: Mongo) {
    this.holds = mongo.model('Hold', holdSchema);
    this.usedCodes = mongo.model('UsedCode', usedCodeSchema);
  }

  async find(holdId: string, tx: Transaction): Promise<Hold | null> {
    const document = await this.holds.findById(holdId, null, { session: tx.session }).lean<HoldDocument>();
    if (!document) return null;
    const { _id, ...fields } = document;
    return { holdId: _id, ...fields };
  }

  async add({ holdId, ...fields }: Hold, tx: Transaction): Promise<void> {
    await this.holds.create([{ _id: holdId, ...fields }], { session: tx.session });
  }

  async saveState({ holdId, state }: Hold, tx: Transaction): Promise<void> {
    await this.holds.updateOne({ _id: holdId }, { $set: { state } }, { session: tx.session });
  }

  /**
   * Uses a code up, once.
   * @throws CODE_USED
   */
  async useCode({ instanceId, step, nonce }: CodeContent, usedAt: Date, tx: Transaction): Promise<void> {
    const _id = `${instanceId}.${step}.${nonce}`;
    if (await this.usedCodes.findById(_id, null, { session: tx.session }).lean()) {
      throw refused('CODE_USED', 'This code was used; show a fresh one.');
    }
    await this.usedCodes.create([{ _id, usedAt }], { session: tx.session });
  }

  /** Open holds past their time, oldest first. */
  async listTimedOut(now: Date, limit: number): Promise<string[]> {
    const documents = await this.holds
      .find({ state: 'held', expiresAt: { $lte: now } }, { _id: 1 })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}
