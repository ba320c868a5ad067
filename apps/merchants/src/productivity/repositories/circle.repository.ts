import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { withinScope } from '../../repositories/org-scope.filter';
import type { Circle } from '../domain/productivity';
import { circleSchema, type CircleDocument } from './productivity.schema';

/** Circles of merchants. */
@Injectable()
export class CircleRepository {
  private readonly circles: Model<CircleDocument>;

  constructor(mongo: Mongo) {
    this.circles = mongo.model('Circle', circleSchema);
  }

  async findMany(circleIds: readonly string[], tx: Transaction): Promise<Map<string, Circle>> {
    const documents = await this.circles
      .find({ _id: { $in: [...circleIds] } }, null, { session: tx.session })
      .lean<CircleDocument[]>();
    return new Map(documents.map((document) => [document._id, toCircle(document)]));
  }

  async save({ circleId, ...fields }: Circle, tx: Transaction): Promise<void> {
    await this.circles.updateOne({ _id: circleId }, { $set: fields }, { session: tx.session, upsert: true });
  }

  /** By id; an empty scope means every organisation. */
  async list(scope: string, limit: number, after = ''): Promise<Circle[]> {
    const documents = await this.circles
      .find({ $and: [withinScope('orgPath', scope), { _id: { $gt: after } }] })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CircleDocument[]>();
    return documents.map(toCircle);
  }
}

const toCircle = ({ _id, ...fields }: CircleDocument): Circle => ({ circleId: _id, ...fields });
