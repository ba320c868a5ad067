import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { tokenUseSchema, type TokenUseDocument } from './visit.schema';

/** How often which attribution token was used, until it ends. */
@Injectable()
export class TokenUseRepository {
  private readonly uses: Model<TokenUseDocument>;

  constructor(mongo: Mongo) {
    this.uses = mongo.model('AttributionTokenUse', tokenUseSchema);
  }

  /** Uses of the token by anyone, and by this customer. */
  async count(tokenId: string, customerId: string, tx: Transaction): Promise<{ byAll: number; byCustomer: number }> {
    const keys = [tokenId, keyOf(tokenId, customerId)];
    const documents = await this.uses
      .find({ _id: { $in: keys } }, null, { session: tx.session })
      .lean<TokenUseDocument[]>();
    const countOf = (key: string) => documents.find(({ _id }) => _id === key)?.useCount ?? 0;
    return { byAll: countOf(tokenId), byCustomer: countOf(keyOf(tokenId, customerId)) };
  }

  /** Two at once write the same counter, so that one of them runs again and sees the other. */
  async add(token: { tokenId: string; expiresAt: Date }, customerId: string, tx: Transaction): Promise<void> {
    const { tokenId, expiresAt } = token;
    const update = { $inc: { useCount: 1 }, $set: { expiresAt } };
    for (const _id of [tokenId, keyOf(tokenId, customerId)]) {
      await this.uses.updateOne({ _id }, update, { session: tx.session, upsert: true });
    }
  }
}

const keyOf = (tokenId: string, customerId: string): string => `${tokenId}|${customerId}`;
