import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { LedgerTransaction, Posting } from '../domain/ledger';
import { ledgerTransactionSchema, type LedgerTransactionDocument } from './ledger.schema';

/** Debits and credits of one account (or class of accounts) in one currency. */
export interface AccountTotal {
  account: string;
  currency: string;
  debitMinor: number;
  creditMinor: number;
}

export interface PostingRow extends Posting {
  transactionId: string;
  kind: string;
  reference: string;
  postedAt: Date;
}

/** The double-entry ledger: append, sum, page. */
@Injectable()
export class LedgerRepository {
  private readonly ledger: Model<LedgerTransactionDocument>;

  constructor(mongo: Mongo) {
    this.ledger = mongo.model('LedgerTransaction', ledgerTransactionSchema);
  }

  async addMany(transactions: LedgerTransaction[], tx: Transaction): Promise<void> {
    const documents = transactions.map(({ transactionId, ...fields }) => ({ _id: transactionId, ...fields }));
    if (documents.length > 0) await this.ledger.collection.insertMany(documents as never[], { session: tx.session });
  }

  async find(transactionId: string, tx?: Transaction): Promise<LedgerTransaction | null> {
    const document = await this.ledger
      .findById(transactionId, null, { session: tx?.session })
      .lean<LedgerTransactionDocument>();
    return document && toTransaction(document);
  }

  async findMany(transactionIds: string[]): Promise<LedgerTransaction[]> {
    if (transactionIds.length === 0) return [];
    const documents = await this.ledger.find({ _id: { $in: transactionIds } }).lean<LedgerTransactionDocument[]>();
    return documents.map(toTransaction);
  }

  /** Sums postings by account class (before the colon) and currency, up to and including a time. */
  async sumByClass(at?: Date): Promise<{ totals: AccountTotal[]; postingCount: number }> {
    const totals = new Map<string, AccountTotal>();
    let postingCount = 0;
    const cursor = this.ledger.collection.find(at ? { postedAt: { $lte: at } } : {}, {
      projection: { postings: 1 },
      batchSize: 5_000,
    });
    for await (const document of cursor) {
      for (const posting of document.postings as Posting[]) {
        postingCount += 1;
        addTo(totals, posting.account.split(':')[0] ?? '', posting);
      }
    }
    return { totals: [...totals.values()].sort((a, b) => (a.account < b.account ? -1 : 1)), postingCount };
  }

  /** Sums one account in one currency, up to and including a time. */
  async sumAccount(account: string, currency: string, at?: Date): Promise<AccountTotal> {
    const totals = new Map<string, AccountTotal>();
    const cursor = this.ledger.collection.find({ 'postings.account': account, ...(at && { postedAt: { $lte: at } }) });
    for await (const document of cursor) {
      for (const posting of document.postings as Posting[]) {
        if (posting.account === account && posting.currency === currency) addTo(totals, account, posting);
      }
    }
    return totals.get(`${account}|${currency}`) ?? { account, currency, debitMinor: 0, creditMinor: 0 };
  }

  /** Transactions in ledger order that touch an account, or a prefix of accounts ending in a colon. */
  async list(
    filter: { account: string; from?: Date; to?: Date },
    limit: number,
    after?: { postedAt: Date; transactionId: string },
  ): Promise<LedgerTransaction[]> {
    const accountFilter = filter.account.endsWith(':')
      ? { 'postings.account': { $gte: filter.account, $lt: `${filter.account.slice(0, -1)};` } }
      : { 'postings.account': filter.account };
    const time = { ...(filter.from && { $gte: filter.from }), ...(filter.to && { $lt: filter.to }) };
    const later = after && {
      $or: [{ postedAt: { $gt: after.postedAt } }, { postedAt: after.postedAt, _id: { $gt: after.transactionId } }],
    };
    const documents = await this.ledger
      .find({ ...accountFilter, ...(Object.keys(time).length > 0 && { postedAt: time }), ...later })
      .sort({ postedAt: 1, _id: 1 })
      .limit(limit)
      .lean<LedgerTransactionDocument[]>();
    return documents.map(toTransaction);
  }
}

function addTo(totals: Map<string, AccountTotal>, account: string, { side, amountMinor, currency }: Posting): void {
  const key = `${account}|${currency}`;
  const total = totals.get(key) ?? { account, currency, debitMinor: 0, creditMinor: 0 };
  if (side === 'debit') total.debitMinor += amountMinor;
  else total.creditMinor += amountMinor;
  totals.set(key, total);
}

function toTransaction({ _id, ...fields }: LedgerTransactionDocument): LedgerTransaction {
  return { transactionId: _id, ...fields };
}
