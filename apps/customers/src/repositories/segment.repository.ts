import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { parseRule } from '@tidegate/rules';
import type { Model, mongo } from 'mongoose';
import type { Segment } from '../domain/segment';
import { segmentGuardSchema, segmentSchema, type SegmentDocument } from './segment.schema';

const GUARD = 'guard';

@Injectable()
export class SegmentRepository {
  private readonly model: Model<SegmentDocument>;
  private readonly guards: Model<{ _id: string; writeCount: number }>;

  constructor(mongo: Mongo) {
    this.model = mongo.model('Segment', segmentSchema);
    this.guards = mongo.model('SegmentGuard', segmentGuardSchema);
  }

  async find(segmentId: string, tx?: Transaction): Promise<Segment | null> {
    const document = await this.collection.findOne({ _id: segmentId }, { session: tx?.session });
    return document && toSegment(document);
  }

  /** @throws SEGMENT_NOT_FOUND */
  async get(segmentId: string, tx?: Transaction): Promise<Segment> {
    const found = await this.find(segmentId, tx);
    if (!found) throw notFound('SEGMENT_NOT_FOUND', 'There is no such segment.', { segmentId });
    return found;
  }

  async findMany(segmentIds: readonly string[], tx?: Transaction): Promise<Segment[]> {
    if (segmentIds.length === 0) return [];
    const documents = this.collection.find({ _id: { $in: [...segmentIds] } }, { session: tx?.session });
    return (await documents.toArray()).map(toSegment);
  }

  /** By id, after an id. */
  async list(limit: number, afterId: string): Promise<Segment[]> {
    const documents = this.collection.find({ _id: { $gt: afterId } });
    return (await documents.sort({ _id: 1 }).limit(limit).toArray()).map(toSegment);
  }

  /** Makes writers of segments conflict with each other, so that the check for cycles saw every other segment. */
  async lock(tx: Transaction): Promise<void> {
    await this.guards.collection.updateOne(
      { _id: GUARD as never },
      { $inc: { writeCount: 1 } },
      { session: tx.session, upsert: true },
    );
  }

  async put(segment: Segment, tx: Transaction): Promise<void> {
    const { segmentId, rule, ...fields } = segment;
    await this.collection.replaceOne(
      { _id: segmentId },
      { ...fields, rule: JSON.stringify(rule) },
      { session: tx.session, upsert: true },
    );
  }

  private get collection(): mongo.Collection<SegmentDocument> {
    return this.model.collection as unknown as mongo.Collection<SegmentDocument>;
  }
}

function toSegment({ _id, rule, authors, ...fields }: SegmentDocument): Segment {
  // Segments of before authors were kept have none.
  return { segmentId: _id, ...fields, authors: authors ?? [], rule: parseRule(JSON.parse(rule)) };
}
