import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import { newSharer, type ShareLink, type Sharer } from '../domain/share-link';

interface ShareLinkDocument extends Omit<ShareLink, 'linkId'> {
  _id: string;
}
interface SharerDocument extends Sharer {
  /** `<stock id>|<customer id>`. */
  _id: string;
  /** Grows when another profile of the person was counted under the same limit (`touch`). */
  touchCount?: number;
}
interface ShareVisitDocument {
  /** `<link id>|<customer id>`: each customer opens a link once. */
  _id: string;
  openedAt: Date;
}

const shareLinkSchema = new Schema<ShareLinkDocument>(
  {
    _id: String,
    stockId: { type: String, required: true },
    customerId: { type: String, required: true },
    createdAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    openedCount: Number,
    claimedCount: Number,
    rewardedCount: Number,
  },
  { collection: 'share_links', versionKey: false },
);
shareLinkSchema.index({ customerId: 1, createdAt: -1, _id: -1 });

const sharerSchema = new Schema<SharerDocument>(
  { _id: String, stockId: String, customerId: String, linkCount: Number, rewardedCount: Number, touchCount: Number },
  { collection: 'sharers', versionKey: false },
);
const shareVisitSchema = new Schema<ShareVisitDocument>(
  { _id: String, openedAt: Date },
  { collection: 'share_visits', versionKey: false },
);

/** Links, who made them and who opened them. */
@Injectable()
export class ShareRepository {
  private readonly links: Model<ShareLinkDocument>;
  private readonly sharers: Model<SharerDocument>;
  private readonly visits: Model<ShareVisitDocument>;

  constructor(mongo: Mongo) {
    this.links = mongo.model('ShareLink', shareLinkSchema);
    this.sharers = mongo.model('Sharer', sharerSchema);
    this.visits = mongo.model('ShareVisit', shareVisitSchema);
  }

  async findLinks(linkIds: string[], tx?: Transaction): Promise<Map<string, ShareLink>> {
    const found = await this.links
      .find({ _id: { $in: linkIds } }, null, { session: tx?.session })
      .lean<ShareLinkDocument[]>();
    return new Map(found.map((document) => [document._id, toLink(document)]));
  }

  /** Newest first; `after` is the last row. */
  async list(customerId: string, limit: number, after?: { createdAt: Date; linkId: string }): Promise<ShareLink[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.linkId } }],
    };
    const documents = await this.links
      .find({ customerId, ...older })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<ShareLinkDocument[]>();
    return documents.map(toLink);
  }

  /** Writes new and changed links. Read in the same transaction: a concurrent change is a write conflict. */
  async saveLinks(links: ShareLink[], tx: Transaction): Promise<void> {
    if (links.length === 0) return;
    const writes = links.map(({ linkId, ...fields }) => ({
      updateOne: { filter: { _id: linkId }, update: { $set: fields }, upsert: true },
    }));
    await this.links.bulkWrite(writes, { session: tx.session });
  }

  /** In the order of the customers; who has shared nothing of a stock yet is told as new. */
  async getSharers(stockId: string, customerIds: readonly string[], tx: Transaction): Promise<Sharer[]> {
    const keys = customerIds.map((customerId) => sharerKey({ stockId, customerId }));
    const found = await this.sharers
      .find({ _id: { $in: keys } }, { _id: 0, touchCount: 0 }, { session: tx.session })
      .lean<Sharer[]>();
    const byCustomer = new Map(found.map((sharer) => [sharer.customerId, sharer]));
    return customerIds.map((customerId) => byCustomer.get(customerId) ?? newSharer(stockId, customerId));
  }

  /** Marks sharers whose person was counted under another customer id, so that two of them at once are a write conflict. */
  touchSharers(sharers: readonly Sharer[], tx: Transaction): Promise<void> {
    const fresh = sharers.map(({ stockId, customerId }) => newSharer(stockId, customerId));
    return touch(
      this.sharers,
      fresh.map((sharer) => ({ _id: sharerKey(sharer), ...sharer })),
      tx,
    );
  }

  async saveSharer(sharer: Sharer, tx: Transaction): Promise<void> {
    const filter = { _id: sharerKey(sharer) };
    await this.sharers.updateOne(filter, { $set: sharer }, { session: tx.session, upsert: true });
  }

  /** Whether this customer opens the link for the first time. */
  async addVisit(linkId: string, customerId: string, openedAt: Date, tx: Transaction): Promise<boolean> {
    const _id = `${linkId}|${customerId}`;
    if (await this.visits.findById(_id, null, { session: tx.session }).lean()) return false;
    await this.visits.create([{ _id, openedAt }], { session: tx.session });
    return true;
  }
}

export const sharerKey = ({ stockId, customerId }: Pick<Sharer, 'stockId' | 'customerId'>): string =>
  `${stockId}|${customerId}`;

const toLink = ({ _id, ...fields }: ShareLinkDocument): ShareLink => ({ linkId: _id, ...fields });
