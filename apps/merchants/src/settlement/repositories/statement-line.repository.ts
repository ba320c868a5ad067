import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { SettlementItem, StatementLine } from '../domain/settlement-item';
import { statementLineSchema, type StatementLineDocument } from './settlement.schema';

export type LedgerLine = Pick<StatementLine, 'itemId' | 'kind' | 'redemptionId' | 'amountMinor'>;

const IDS_PER_QUERY = 1_000;
/** The batch of a line that waits for one. */
const WAITING = '';

/** What is settled, line by line: in a batch, or waiting for the next one. */
@Injectable()
export class StatementLineRepository {
  private readonly lines: Model<StatementLineDocument>;

  constructor(mongo: Mongo) {
    this.lines = mongo.model('StatementLine', statementLineSchema);
  }

  /** Which of the items are known already, in a batch or waiting. */
  async findKnown(itemIds: string[], tx: Transaction): Promise<Set<string>> {
    const known = new Set<string>();
    for (let start = 0; start < itemIds.length; start += IDS_PER_QUERY) {
      const documents = await this.lines.collection
        .find(
          { _id: { $in: itemIds.slice(start, start + IDS_PER_QUERY) as never[] } },
          { session: tx.session, projection: { _id: 1 } },
        )
        .toArray();
      for (const { _id } of documents) known.add(String(_id));
    }
    return known;
  }

  async add(lines: StatementLine[], tx: Transaction): Promise<void> {
    if (lines.length === 0) return;
    const documents = lines.map(({ itemId, ...fields }) => ({ _id: itemId, ...fields }));
    await this.lines.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Adds items that are to go into the next batch; those that are known stay as they are. */
  async addWaiting(items: SettlementItem[], tx: Transaction): Promise<void> {
    const known = await this.findKnown(
      items.map(({ itemId }) => itemId),
      tx,
    );
    const fresh = new Map(items.filter(({ itemId }) => !known.has(itemId)).map((item) => [item.itemId, item]));
    await this.add(
      [...fresh.values()].map((item) => ({ ...item, batchId: WAITING })),
      tx,
    );
  }

  /** Waiting items by id. */
  async listWaiting(limit: number, after: string, tx: Transaction): Promise<SettlementItem[]> {
    const lines = await this.listOfBatch(WAITING, limit, after, tx);
    return lines.map(({ batchId: _none, ...item }) => item);
  }

  /** A merchant's waiting lines by item id; what waits is emptied every day, so those of others among them are few. */
  async listWaitingOf(merchantId: string, limit: number, after = ''): Promise<StatementLine[]> {
    const documents = await this.lines
      .find({ batchId: WAITING, _id: { $gt: after }, merchantId })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StatementLineDocument[]>();
    return documents.map(toLine);
  }

  /** Puts waiting items into their batches. */
  async assign(lines: StatementLine[], tx: Transaction): Promise<void> {
    if (lines.length === 0) return;
    await this.lines.collection.bulkWrite(
      lines.map(({ itemId, batchId }) => ({
        updateOne: { filter: { _id: itemId as never }, update: { $set: { batchId } } },
      })),
      { session: tx.session, ordered: false },
    );
  }

  /** Lets all lines of batches wait for the next one. */
  async releaseFrom(batchIds: string[], tx: Transaction): Promise<void> {
    if (batchIds.length === 0) return;
    await this.lines.updateMany(
      { batchId: { $in: batchIds } },
      { $set: { batchId: WAITING } },
      { session: tx.session },
    );
  }

  /** A batch's lines by item id. */
  async listOfBatch(batchId: string, limit: number, after = '', tx?: Transaction): Promise<StatementLine[]> {
    const documents = await this.lines
      .find({ batchId, _id: { $gt: after } }, null, { session: tx?.session })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<StatementLineDocument[]>();
    return documents.map(toLine);
  }

  /** All lines of a batch, whose size is limited when it is built. */
  async listAll(batchId: string): Promise<StatementLine[]> {
    const documents = await this.lines.find({ batchId }).sort({ _id: 1 }).lean<StatementLineDocument[]>();
    return documents.map(toLine);
  }

  /** All lines of a batch as the ledger asks for them: without shares and notes, which are most of a line. */
  async listForLedger(batchId: string): Promise<LedgerLine[]> {
    const projection = { kind: 1, redemptionId: 1, amountMinor: 1 };
    const documents = await this.lines.collection.find({ batchId }, { projection }).sort({ _id: 1 }).toArray();
    return documents.map(({ _id, kind, redemptionId, amountMinor }) => ({
      itemId: String(_id),
      kind,
      redemptionId,
      amountMinor,
    }));
  }

  /** The batches that a merchant's items are in, of those that have one. */
  async findBatchIds(merchantId: string, itemIds: string[]): Promise<Map<string, string>> {
    const found = new Map<string, string>();
    for (let start = 0; start < itemIds.length; start += IDS_PER_QUERY) {
      const documents = await this.lines
        .find({ _id: { $in: itemIds.slice(start, start + IDS_PER_QUERY) } }, { batchId: 1, merchantId: 1 })
        .lean<StatementLineDocument[]>();
      for (const line of documents) {
        if (line.merchantId === merchantId && line.batchId !== WAITING) found.set(line._id, line.batchId);
      }
    }
    return found;
  }
}

const toLine = ({ _id, ...fields }: StatementLineDocument): StatementLine => ({ itemId: _id, ...fields });
