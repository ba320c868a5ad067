import { Schema, type Types } from 'mongoose';
import type { AdaptiveModelSnapshot } from '../domain/models/adaptive-model';
import type { Lesson } from '../domain/models/lesson';
import type { ModelSlot } from '../domain/models/model-slot';
import type { OnnxContract } from '../domain/models/onnx-contract';

export interface ModelSlotDocument extends Omit<ModelSlot, 'slot'> {
  _id: string;
}

export interface LessonPositionDocument {
  /** Slot. */
  _id: string;
  /** Lessons of the slot so far; the last one's number. */
  count: number;
}

export interface LessonDocument extends Lesson {
  /** `<slot>|<number>`: two writers of the same number cannot both win. */
  _id: string;
  slot: string;
  number: number;
}

export interface ModelSnapshotDocument {
  /** Slot. */
  _id: string;
  /** Of the configuration it was learnt under. */
  configKey: string;
  /** Lessons that it holds: the first so many, no more and no fewer. */
  lessonCount: number;
  snapshot: AdaptiveModelSnapshot;
}

export interface OnnxModelDocument {
  /** Model id. */
  _id: string;
  name: string;
  contract: OnnxContract;
  content: Types.Buffer;
}

const { Mixed } = Schema.Types;
const options = { versionKey: false, minimize: false } as const;

export const modelSlotSchema = new Schema<ModelSlotDocument>(
  {
    _id: String,
    champion: Mixed,
    shadow: Mixed,
    historyFactType: String,
    successOutcome: String,
    adaptive: Mixed,
    version: Number,
  },
  { collection: 'model_slots', ...options },
);
export const lessonPositionSchema = new Schema<LessonPositionDocument>(
  { _id: String, count: Number },
  { collection: 'lesson_positions', ...options },
);
export const lessonSchema = new Schema<LessonDocument>(
  { _id: String, slot: String, number: Number, attributes: Mixed, isSuccess: Boolean, source: String },
  { collection: 'lessons', ...options },
);
lessonSchema.index({ slot: 1, number: 1 });
export const modelSnapshotSchema = new Schema<ModelSnapshotDocument>(
  { _id: String, configKey: String, lessonCount: Number, snapshot: Mixed },
  { collection: 'model_snapshots', ...options },
);
export const onnxModelSchema = new Schema<OnnxModelDocument>(
  { _id: String, name: String, contract: Mixed, content: Buffer },
  { collection: 'onnx_models', ...options },
);
