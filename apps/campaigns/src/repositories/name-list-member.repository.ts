import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { NameListMember } from '../domain/name-list';
import { nameListMemberSchema, type NameListMemberDocument } from './name-list.schema';

const idOf = (listId: string, customerId: string): string => `${listId}|${customerId}`;

/** Members of name lists, by list in customer id order: everything goes by the key. */
@Injectable()
export class NameListMemberRepository {
  private readonly members: Model<NameListMemberDocument>;

  constructor(mongo: Mongo) {
    this.members = mongo.model('NameListMember', nameListMemberSchema);
  }

  async addMany(listId: string, members: readonly NameListMember[], tx: Transaction): Promise<void> {
    if (members.length === 0) return;
    const documents = members.map((member) => ({ _id: idOf(listId, member.customerId), ...member }));
    await this.members.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Which of these customers are in the list already. */
  async findPresent(listId: string, customerIds: readonly string[], tx: Transaction): Promise<Set<string>> {
    const ids = customerIds.map((customerId) => idOf(listId, customerId));
    const documents = await this.members.collection
      .find({ _id: { $in: ids as never[] } }, { session: tx.session, projection: { customerId: 1 } })
      .toArray();
    return new Set(documents.map((document) => String(document.customerId)));
  }

  /** `|` sorts before `}`, so the range holds this list's keys and no other's. */
  async list(listId: string, limit: number, after = ''): Promise<NameListMember[]> {
    const documents = await this.members
      .find({ _id: { $gt: idOf(listId, after), $lt: `${listId}}` } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<NameListMemberDocument[]>();
    return documents.map(({ customerId, externalId, reason }) => ({ customerId, externalId, reason }));
  }
}
