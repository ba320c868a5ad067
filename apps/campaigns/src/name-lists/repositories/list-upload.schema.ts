import { Schema } from 'mongoose';

export interface ListRowsDocument {
  /** `<list id>|<bucket, six digits>|<batch, six digits>`. */
  _id: string;
  /** JSON of rows. */
  rows: string;
}

export interface ListErrorDocument {
  /** `<list id>|<line, ten digits>`. */
  _id: string;
  line: number;
  reason: string;
  message: string;
}

export const listRowsSchema = new Schema<ListRowsDocument>(
  { _id: String, rows: String },
  { collection: 'name_list_rows', versionKey: false },
);

export const listErrorSchema = new Schema<ListErrorDocument>(
  { _id: String, line: Number, reason: String, message: String },
  { collection: 'name_list_errors', versionKey: false },
);
