import { Schema } from 'mongoose';
import type { Segment } from '../domain/segment';

export interface SegmentDocument extends Omit<Segment, 'segmentId' | 'rule'> {
  _id: string;
  /** JSON: a rule may hold keys that are operators to the database. */
  rule: string;
}

export const segmentSchema = new Schema<SegmentDocument>(
  {
    _id: String,
    name: { type: String, required: true },
    rule: { type: String, required: true },
    orgPath: { type: String, required: true },
    version: { type: Number, required: true },
    updatedAt: { type: Date, required: true },
    authors: { type: [Schema.Types.Mixed], default: [] } as never,
  },
  { collection: 'segments', versionKey: false },
);

/** One document that every write of a segment touches: two writes at once could close a cycle that neither sees. */
export const segmentGuardSchema = new Schema<{ _id: string; writeCount: number }>(
  { _id: String, writeCount: Number },
  { collection: 'segment_guard', versionKey: false },
);
