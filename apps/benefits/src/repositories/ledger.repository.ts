import { Injectable } from '@nestjs/common';
import { Mongo, prepareInsert, type PreparedWrite, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { LedgerTransaction, Posting } from '../domain/ledger';
import type { AccountTotal } from '../ledger/domain/totals';
import { BY_TIME, PLAIN_KINDS, timeKey, timeOfKey } from './ledger-key';
import { pack, unpack, type LedgerTransactionDocument } from './ledger-packing';
import { ledgerTransactionSchema } from './ledger.schema';

const ROWS_PER_READ = 5_000;

export interface PostingRow extends Posting {
  transactionId: string;
  kind: string;
  reference: string;
  postedAt: Date;
}

/** A span of time: `from` is in it, `to` is not. */
export interface Span {
  from?: Date;
  to?: Date;
}

/** A transaction's place in ledger order. */
export interface LedgerPlace {
  postedAt: Date;
  /** Of the document it is stored in, and its place there. */
  key: string;
  index: number;
}

/** The double-entry ledger: append, stream, page. Nothing changes or removes a posting: a correction is a new one. */
@Injectable()
export class LedgerRepository {
  private readonly ledger: Model<LedgerTransactionDocument>;

  constructor(mongo: Mongo) {
    this.ledger = mongo.model('LedgerTransaction', ledgerTransactionSchema);
  }

  addMany(transactions: LedgerTransaction[], tx: Transaction): Promise<void> {
    return this.prepareAdd(transactions)(tx);
  }

  /** Sends them when it is called. */
  prepareAdd(transactions: LedgerTransaction[]): PreparedWrite {
    return prepareInsert(this.ledger, pack(transactions));
  }

  /** Of the kinds that are looked up by id: settlements and adjustments. */
  async find(transactionId: string, tx?: Transaction): Promise<LedgerTransaction | null> {
    const document = await this.ledger
      .findById(transactionId, null, { session: tx?.session })
      .lean<LedgerTransactionDocument>();
    return document && (unpack(document)[0] ?? null);
  }

  /** As find. */
  async findMany(transactionIds: string[], tx?: Transaction): Promise<LedgerTransaction[]> {
    if (transactionIds.length === 0) return [];
    const documents = await this.ledger
      .find({ _id: { $in: transactionIds } }, null, { session: tx?.session })
      .lean<LedgerTransactionDocument[]>();
    return documents.flatMap(unpack);
  }

  /** Postings of a span of time, as they are stored, in no order. With `from`, only what was posted since is read. */
  async *streamPostings({ from, to }: Span): AsyncGenerator<Posting[]> {
    const ranges = from
      ? [
          { $gte: timeKey(from), $lt: to ? timeKey(to) : `${BY_TIME}${BY_TIME}` },
          ...PLAIN_KINDS.map((kind) => ({ $gte: `${kind}-`, $lt: `${kind}.` })),
        ]
      : [undefined];
    for (const range of ranges) {
      const cursor = this.ledger.collection.find(range ? { _id: range as never } : {}, {
        projection: { postings: 1, postedAt: 1 },
        batchSize: ROWS_PER_READ,
      });
      for await (const { postings, postedAt } of cursor) {
        if ((!from || postedAt >= from) && (!to || postedAt < to)) yield postings as Posting[];
      }
    }
  }

  /** How many documents there are; counts them, which costs about as much as a pass over their keys. */
  count(): Promise<number> {
    return this.ledger.collection.countDocuments({});
  }

  /** Every transaction, in no order, those of a document at once; what is posted meanwhile may be among them. */
  async *streamAll(): AsyncGenerator<LedgerTransaction[]> {
    const cursor = this.ledger.collection.find({}, { batchSize: ROWS_PER_READ });
    for await (const document of cursor) yield unpack(document as unknown as LedgerTransactionDocument);
  }

  /** Sums one account in one currency over a span of time. */
  async sumAccount(
    account: string,
    currency: string,
    { from, to }: Span = {},
    tx?: Transaction,
  ): Promise<AccountTotal> {
    const time = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
    const cursor = this.ledger.collection.find(
      { 'postings.account': account, ...(Object.keys(time).length > 0 && { postedAt: time }) },
      { projection: { postings: 1 }, batchSize: ROWS_PER_READ, session: tx?.session },
    );
    const total = { account, currency, debitMinor: 0, creditMinor: 0 };
    for await (const document of cursor) {
      for (const posting of document.postings as Posting[]) {
        if (posting.account !== account || posting.currency !== currency) continue;
        if (posting.side === 'debit') total.debitMinor += posting.amountMinor;
        else total.creditMinor += posting.amountMinor;
      }
    }
    return total;
  }

  /** When the document was posted that comes `count` after the first one of a time or later, and before another time. */
  async findTimeAfter(from: Date | undefined, before: Date, count: number): Promise<Date | undefined> {
    const [found] = await this.ledger.collection
      .find(
        { _id: { $gte: from ? timeKey(from) : BY_TIME, $lt: timeKey(before) } as never },
        { projection: { _id: 1 } },
      )
      .sort({ _id: 1 })
      .skip(count)
      .limit(1)
      .toArray();
    return found && timeOfKey(String(found._id));
  }

  /** When the last transaction was posted that an earlier version stored, under a plain id. */
  async findLastPlainTime(): Promise<Date | undefined> {
    const cursor = this.ledger.collection.find(
      { _id: { $lt: BY_TIME } as never },
      { projection: { kind: 1, postedAt: 1 } },
    );
    let last: Date | undefined;
    for await (const { kind, postedAt } of cursor) {
      if (!PLAIN_KINDS.includes(kind) && (!last || postedAt > last)) last = postedAt;
    }
    return last;
  }

  /** Transactions in ledger order that touch an account, or a prefix of accounts ending in a colon. */
  async list(
    filter: { account: string } & Span,
    limit: number,
    after?: LedgerPlace,
  ): Promise<{ transactions: LedgerTransaction[]; last?: LedgerPlace }> {
    // Of the first all may have been shown.
    const documents = await (filter.account.endsWith(':')
      ? this.findOfClass(filter, limit + 1, after)
      : this.findOrdered({ 'postings.account': filter.account, ...spanFilter(filter, after) }, limit + 1));
    const found = documents.flatMap((document) =>
      unpack(document).flatMap((transaction, index) => {
        const place = { postedAt: document.postedAt, key: document._id, index };
        const isShown = after !== undefined && after.key === document._id && index <= after.index;
        return isShown || !touches(transaction, filter.account) ? [] : [{ transaction, place }];
      }),
    );
    const page = found.slice(0, limit);
    const last = page.length === limit ? page.at(-1)?.place : undefined;
    return { transactions: page.map(({ transaction }) => transaction), ...(last && { last }) };
  }

  /** No index has the accounts of a class in order of time, but keys are: what was stored by time is read from where the page begins. */
  private async findOfClass(
    { account, from, to }: { account: string } & Span,
    limit: number,
    after?: LedgerPlace,
  ): Promise<LedgerTransactionDocument[]> {
    const ofClass = { $gte: account, $lt: `${account.slice(0, -1)};` };
    // Of one posting: one before the class and one after it would do otherwise. The index is by the account alone.
    const accountFilter = { 'postings.account': ofClass, postings: { $elemMatch: { account: ofClass } } };
    const begins = [from ? timeKey(from) : BY_TIME, ...(after ? [keyFrom(after)] : [])].sort().at(-1)!;
    const byTime = await this.ledger
      .find({ ...accountFilter, _id: { $gte: begins, $lt: to ? timeKey(to) : `${BY_TIME}${BY_TIME}` } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<LedgerTransactionDocument[]>();
    const isPlain = { $and: [{ _id: { $lt: BY_TIME } }, spanFilter({ from, to }, after)] };
    const plain = await this.findOrdered({ ...accountFilter, ...isPlain }, limit);
    const timeOf = ({ postedAt }: LedgerTransactionDocument): number => postedAt.getTime();
    // Of one moment, plain keys come first.
    return [...plain, ...byTime].toSorted((one, other) => timeOf(one) - timeOf(other)).slice(0, limit);
  }

  private findOrdered(filter: object, limit: number): Promise<LedgerTransactionDocument[]> {
    const found = this.ledger.find(filter).sort({ postedAt: 1, _id: 1 });
    return found.limit(limit).lean<LedgerTransactionDocument[]>();
  }
}

/** What was posted in a span of time, from a place on. */
function spanFilter({ from, to }: Span, after?: LedgerPlace): object {
  const time = { ...(from && { $gte: from }), ...(to && { $lt: to }) };
  const later = after && {
    $or: [{ postedAt: { $gt: after.postedAt } }, { postedAt: after.postedAt, _id: { $gte: after.key } }],
  };
  return { ...(Object.keys(time).length > 0 && { postedAt: time }), ...later };
}

/** Where what is stored by time goes on at a place. */
const keyFrom = ({ postedAt, key }: LedgerPlace): string => (key.startsWith(BY_TIME) ? key : timeKey(postedAt));

/** Whether a posting is of the account, or of the class of accounts (`<class>:`). */
export const isOfAccount = (posting: Posting, account: string): boolean =>
  account.endsWith(':') ? posting.account.startsWith(account) : posting.account === account;

const touches = ({ postings }: LedgerTransaction, account: string): boolean =>
  postings.some((posting) => isOfAccount(posting, account));
