import { Schema } from 'mongoose';
import type { ImportJob, ImportRefusal } from '../domain/import-job';

export interface ImportDocument extends Omit<ImportJob, 'importId'> {
  _id: string;
}

export interface ImportChunkDocument {
  /** `<import id>:<sequence>`. */
  _id: string;
  importId: string;
  sequence: number;
  /** Sealed: a file of customers holds names and phones. */
  content: Buffer;
}

export interface ImportRefusalDocument extends ImportRefusal {
  /** `<import id>:<line, ten digits>`. */
  _id: string;
}

const { Mixed } = Schema.Types;

export const importSchema = new Schema<ImportDocument>(
  {
    _id: String,
    fileName: String,
    mapping: { type: Mixed, required: true },
    delimiter: String,
    consents: { type: Mixed, required: true },
    tags: [String],
    defaultOrgPath: String,
    scopeOrgPath: String,
    actor: String,
    state: { type: String, required: true },
    chunkCount: Number,
    lineCount: Number,
    createdCount: Number,
    updatedCount: Number,
    unchangedCount: Number,
    refusedCount: Number,
    failureReason: String,
    startedAt: Date,
    finishedAt: { type: Date, default: null },
    leaseOwner: String,
    leaseUntil: { type: Date, default: null },
  },
  { collection: 'imports', versionKey: false, minimize: false },
);
importSchema.index({ state: 1 });

export const importChunkSchema = new Schema<ImportChunkDocument>(
  { _id: String, importId: { type: String, required: true }, sequence: Number, content: Buffer },
  { collection: 'import_chunks', versionKey: false },
);
importChunkSchema.index({ importId: 1 });

export const importRefusalSchema = new Schema<ImportRefusalDocument>(
  { _id: String, line: Number, reason: String, message: String },
  { collection: 'import_refusals', versionKey: false },
);
