import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { AdaptiveModelSnapshot } from '../domain/models/adaptive-model';
import type { Lesson } from '../domain/models/lesson';
import {
  lessonPositionSchema,
  lessonSchema,
  modelSnapshotSchema,
  type LessonDocument,
  type LessonPositionDocument,
  type ModelSnapshotDocument,
} from './model-slot.schema';

/**
 * What was taught to each slot, numbered without a gap in the order of its commits. A model is the fold of the first n lessons, so every
 * replica and every restart comes to the same weights, and a crash neither loses a lesson nor learns it twice.
 */
@Injectable()
export class LessonRepository {
  private readonly lessons: Model<LessonDocument>;
  private readonly positions: Model<LessonPositionDocument>;
  private readonly snapshots: Model<ModelSnapshotDocument>;

  constructor(mongo: Mongo) {
    this.lessons = mongo.model('Lesson', lessonSchema);
    this.positions = mongo.model('LessonPosition', lessonPositionSchema);
    this.snapshots = mongo.model('ModelSnapshot', modelSnapshotSchema);
  }

  /** The slot's position is read and written in the transaction, so two writers of one slot conflict and numbers have no gap. */
  async append(slot: string, lessons: readonly Lesson[], tx: Transaction): Promise<void> {
    if (lessons.length === 0) return;
    const position = await this.positions.collection.findOne({ _id: slot as never }, { session: tx.session });
    const before = Number(position?.count ?? 0);
    const documents = lessons.map((lesson, index): LessonDocument => {
      const number = before + index + 1;
      return { _id: `${slot}|${number}`, slot, number, ...lesson };
    });
    await this.lessons.collection.insertMany(documents as never[], { session: tx.session });
    await this.positions.collection.updateOne(
      { _id: slot as never },
      { $set: { count: before + lessons.length } },
      { session: tx.session, upsert: true },
    );
  }

  /** Lessons that each slot has had. */
  async countMany(slots: readonly string[]): Promise<Map<string, number>> {
    if (slots.length === 0) return new Map();
    const documents = await this.positions.collection.find({ _id: { $in: slots as never[] } }).toArray();
    return new Map(documents.map((document) => [String(document._id), Number(document.count)]));
  }

  async listAfter(slot: string, count: number, limit: number): Promise<Lesson[]> {
    const documents = await this.lessons
      .find({ slot, number: { $gt: count } })
      .sort({ number: 1 })
      .limit(limit)
      .lean<LessonDocument[]>();
    return documents.map(({ attributes, isSuccess, source, target = '', at }) => ({
      attributes,
      isSuccess,
      source,
      target,
      ...(at && { at }),
    }));
  }

  async findSnapshot(slot: string): Promise<Omit<ModelSnapshotDocument, '_id'> | null> {
    return this.snapshots.findById(slot).lean<ModelSnapshotDocument>();
  }

  /** Kept to save the replay after a start; the lessons are the truth. */
  async saveSnapshot(
    slot: string,
    configKey: string,
    lessonCount: number,
    snapshot: AdaptiveModelSnapshot,
  ): Promise<void> {
    await this.snapshots.collection.replaceOne({ _id: slot as never }, { configKey, lessonCount, snapshot } as never, {
      upsert: true,
    });
  }
}
