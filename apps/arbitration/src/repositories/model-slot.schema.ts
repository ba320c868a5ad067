import { Schema, type Types } from 'mongoose';
import type { AdaptiveModelSnapshot } from '../domain/models/adaptive-model';
import type { Lesson } from '../domain/models/lesson';
import type { ModelSlot } from '../domain/models/model-slot';
import type { ModelMove } from '../domain/models/model-move';
import type { StoredModel } from '../domain/models/stored-model';

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

export interface StoredModelDocument extends Omit<StoredModel, 'modelId'> {
  /** Model id. */
  _id: string;
  /** The file of an ONNX model. */
  content?: Types.Buffer;
}

export interface ModelMoveDocument extends Omit<ModelMove, 'number'> {
  /** `<slot>|<number>`, the number in ten digits. */
  _id: string;
  number: number;
}

const { Mixed } = Schema.Types;
const options = { versionKey: false, minimize: false } as const;

export const modelSlotSchema = new Schema<ModelSlotDocument>(
  {
    _id: String,
    champion: Mixed,
    challenger: Mixed,
    challengerBasisPoints: Number,
    noModelBasisPoints: Number,
    shadow: Mixed,
    formerChampions: Mixed,
    retired: Mixed,
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
  {
    ...{ _id: String, slot: String, number: Number, attributes: Mixed },
    ...{ isSuccess: Boolean, source: String, target: String, at: Date },
  },
  { collection: 'lessons', ...options },
);
lessonSchema.index({ slot: 1, number: 1 });
export const modelSnapshotSchema = new Schema<ModelSnapshotDocument>(
  { _id: String, configKey: String, lessonCount: Number, snapshot: Mixed },
  { collection: 'model_snapshots', ...options },
);
export const storedModelSchema = new Schema<StoredModelDocument>(
  { _id: String, kind: String, name: String, contract: Mixed, remote: Mixed, trial: Mixed, content: Buffer },
  { collection: 'onnx_models', ...options },
);
export const modelMoveSchema = new Schema<ModelMoveDocument>(
  { _id: String, slot: String, number: Number, state: String },
  { collection: 'model_moves', strict: false, ...options },
);
modelMoveSchema.index({ slot: 1, number: -1 });
modelMoveSchema.index({ state: 1, slot: 1 });
