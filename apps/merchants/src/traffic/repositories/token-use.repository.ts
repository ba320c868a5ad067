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

  /** Uses of the token by anyone, and by these profiles of one person. */
  async count(
    tokenId: string,
    customerIds: readonly string[],
    tx: Transaction,
  ): Promise<{ byAll: number; byPerson: number }> {
    const own = customerIds.map((customerId) => keyOf(tokenId, customerId));
    const keys = [tokenId, ...own];
    const documents = await this.uses
      .find({ _id: { $in: keys } }, null, { session: tx.session })
      .lean<TokenUseDocument[]>();
    const countOf = (key: string) => documents.find(({ _id }) => _id === key)?.useCount ?? 0;
    return { byAll: countOf(tokenId), byPerson: own.reduce((sum, key) => sum + countOf(key), 0) };
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
