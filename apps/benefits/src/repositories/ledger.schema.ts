import { Schema } from 'mongoose';
import type { Posting } from '../domain/ledger';
import type { LedgerTransactionDocument } from './ledger-packing';

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
    // Absent, not empty, where a transaction is stored by itself.
    transactionIds: { type: [String], default: undefined },
    references: { type: [String], default: undefined },
    postingCounts: { type: [Number], default: undefined },
  },
  { collection: 'ledger', versionKey: false },
);
ledgerTransactionSchema.index({ 'postings.account': 1, postedAt: 1, _id: 1 });
