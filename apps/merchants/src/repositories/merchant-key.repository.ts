import { Injectable } from '@nestjs/common';
import { isDuplicateKey, Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { isLiveKey, type MerchantKey } from '../domain/merchant-key';
import {
  merchantKeySchema,
  signatureMarkSchema,
  type MerchantKeyDocument,
  type SignatureMarkDocument,
} from './merchant-key.schema';

/** Request-signing keys and the nonces seen with them. */
@Injectable()
export class MerchantKeyRepository {
  private readonly keys: Model<MerchantKeyDocument>;
  private readonly marks: Model<SignatureMarkDocument>;

  constructor(mongo: Mongo) {
    this.keys = mongo.model('MerchantKey', merchantKeySchema);
    this.marks = mongo.model('SignatureMark', signatureMarkSchema);
  }

  async find(keyId: string, tx?: Transaction): Promise<MerchantKey | null> {
    const document = await this.keys.findById(keyId, null, { session: tx?.session }).lean<MerchantKeyDocument>();
    return document && toKey(document);
  }

  async countLive(merchantId: string, now: Date, tx: Transaction): Promise<number> {
    const keys = await this.keys.find({ merchantId }, null, { session: tx.session }).lean<MerchantKeyDocument[]>();
    return keys.filter((key) => isLiveKey(toKey(key), now)).length;
  }

  async list(merchantId: string, limit: number, after = ''): Promise<MerchantKey[]> {
    const keys = await this.keys
      .find({ merchantId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<MerchantKeyDocument[]>();
    return keys.map(toKey);
  }

  async save({ keyId, ...fields }: MerchantKey, tx: Transaction): Promise<void> {
    await this.keys.updateOne({ _id: keyId }, { $set: fields }, { session: tx.session, upsert: true });
  }

  /** Remembers a mark until it expires; false when it was there already. */
  async addMark(mark: string, expiresAt: Date): Promise<boolean> {
    try {
      await this.marks.collection.insertOne({ _id: mark as never, expiresAt });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }
}

const toKey = ({ _id, expiresAt, ...fields }: MerchantKeyDocument): MerchantKey => ({
  keyId: _id,
  ...fields,
  expiresAt: expiresAt ?? null,
});
