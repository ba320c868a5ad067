import { Schema } from 'mongoose';
import type { LedgerTransaction, Posting } from '../domain/ledger';

export interface LedgerTransactionDocument extends Omit<LedgerTransaction, 'transactionId'> {
  _id: string;
}

const postingSchema = new Schema<Posting>(
  { account: String, side: String, amountMinor: Number, currency: String },
  { _id: false },
);

/** Immutable: only ever inserted. */
export const ledgerTransactionSchema = new Schema<LedgerTransactionDocument>(
  {
    _id: String,
    kind: { type: String, required: true },
    reference: { type: String, required: true },
    postings: { type: [postingSchema], required: true },
    postedAt: { type: Date, required: true },
  },
  { collection: 'ledger', versionKey: false },
);
ledgerTransactionSchema.index({ 'postings.account': 1, postedAt: 1, _id: 1 });
