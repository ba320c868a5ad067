import { Schema } from 'mongoose';
import type { FileImport, ImportRefusal } from './file-import';

export type FileImportDocument<J extends FileImport> = Omit<J, 'importId'> & { _id: string };

export interface FileChunkDocument {
  /** `<import id>:<sequence>`. */
  _id: string;
  importId: string;
  sequence: number;
  /** Tells a repeat of it from another chunk. */
  digest?: string;
  /** Sealed: files hold names, phones or codes that are worth money. Gone once the import is over. */
  content?: Buffer;
}

export interface ImportRefusalDocument extends ImportRefusal {
  /** `<import id>:<line, ten digits>`. */
  _id: string;
}

/**
 * What the services add to an import is their own matter, so only what is searched by is named here.
 * @param listedBy the field of theirs that imports are listed by, if there is one
 */
export function fileImportSchema(collection: string, listedBy = '') {
  const schema = new Schema(
    { _id: String, state: { type: String, required: true } },
    { collection, versionKey: false, strict: false },
  ).index({ state: 1 });
  return listedBy ? schema.index({ [listedBy]: 1, _id: -1 }) : schema;
}

export const fileChunkSchema = (collection: string) =>
  new Schema<FileChunkDocument>(
    { _id: String, importId: { type: String, required: true }, sequence: Number, digest: String, content: Buffer },
    { collection, versionKey: false },
  ).index({ importId: 1 });

export const importRefusalSchema = (collection: string) =>
  new Schema<ImportRefusalDocument>(
    { _id: String, line: Number, reason: String, message: String },
    { collection, versionKey: false },
  );
