import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { inPeriod, type Quota } from '../domain/quota';
import { copyOfQuota, QuotaBook } from '../domain/quota-book';
import { sharedQuotaSchema, type QuotaTermsDocument } from './quota.schema';

/** Quotas that strategies share. */
@Injectable()
export class QuotaRepository {
  private readonly quotas: Model<QuotaTermsDocument>;

  constructor(mongo: Mongo) {
    this.quotas = mongo.model('SharedQuota', sharedQuotaSchema);
  }

  async find(quotaId: string, tx?: Transaction): Promise<Quota | null> {
    return (await this.findMany([quotaId], tx)).get(quotaId) ?? null;
  }

  async findMany(quotaIds: readonly string[], tx?: Transaction): Promise<Map<string, Quota>> {
    if (quotaIds.length === 0) return new Map();
    const documents = await this.quotas.collection
      .find({ _id: { $in: quotaIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toQuota(document as unknown as QuotaTermsDocument)]),
    );
  }

  /** What a batch may spend, read in its transaction and counted in the period of now. */
  async openBook(
    quotaIds: Iterable<string>,
    at: { timeZone: string; now: Date },
    tx?: Transaction,
  ): Promise<QuotaBook> {
    const found = await this.findMany([...new Set(quotaIds)], tx);
    const current = (quota: Quota): Quota => copyOfQuota(inPeriod(quota, at.timeZone, at.now));
    return new QuotaBook(new Map([...found].map(([id, quota]) => [id, current(quota)])));
  }

  /** Writes what the batch spent. Two batches at once meet in a write conflict on the same document. */
  async closeBook(book: QuotaBook, tx: Transaction): Promise<void> {
    if (book.changed.size === 0) return;
    const operations = [...book.changed].flatMap((quotaId) => {
      const quota = book.find(quotaId);
      if (quota === undefined) return [];
      const { reservedAmount, usedAmount, periodKey, ahead = [] } = quota;
      const update = { $set: { reservedAmount, usedAmount, periodKey, ahead } };
      return [{ updateOne: { filter: { _id: quotaId as never }, update } }];
    });
    await this.quotas.collection.bulkWrite(operations, { session: tx.session, ordered: false });
  }

  async save({ quotaId, ...fields }: Quota, isNew: boolean, tx: Transaction): Promise<void> {
    if (isNew) await this.quotas.create([{ _id: quotaId, ...fields }], { session: tx.session });
    else await this.quotas.replaceOne({ _id: quotaId }, fields, { session: tx.session });
  }

  /** In id order; with a scope, those at or below it. */
  async list(limit: number, { scope, after }: { scope?: string; after?: string }): Promise<Quota[]> {
    const documents = await this.quotas
      .find({
        ...(scope !== undefined && withinOrg(scope)),
        ...(after !== undefined && { _id: { $gt: after } }),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<QuotaTermsDocument[]>();
    return documents.map(toQuota);
  }
}

const toQuota = ({ _id, ...fields }: QuotaTermsDocument): Quota => ({ quotaId: _id, ...fields });
