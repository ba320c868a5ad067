import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Queue } from '../domain/queue';
import { overflowGuardSchema, queueSchema, type OverflowGuardDocument, type QueueDocument } from './queue.schema';

/** Queues, by id. */
@Injectable()
export class QueueRepository {
  private readonly queues: Model<QueueDocument>;
  private readonly guard: Model<OverflowGuardDocument>;

  constructor(mongo: Mongo) {
    this.queues = mongo.model('Queue', queueSchema);
    this.guard = mongo.model('OverflowGuard', overflowGuardSchema);
  }

  async find(queue: string, tx?: Transaction): Promise<Queue | undefined> {
    return (await this.findMany([queue], tx)).get(queue);
  }

  async findMany(queues: string[], tx?: Transaction): Promise<Map<string, Queue>> {
    if (queues.length === 0) return new Map();
    const documents = await this.queues.collection
      .find({ _id: { $in: queues as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toQueue(document as unknown as QueueDocument)]));
  }

  /** Like findMany, with the queues that those overflow to. */
  async findWithOverflow(queues: string[], tx: Transaction): Promise<Map<string, Queue>> {
    const found = await this.findMany(queues, tx);
    const next = [...found.values()].map(({ overflowQueue }) => overflowQueue);
    const missing = next.filter((queue) => queue !== '' && !found.has(queue));
    return new Map([...found, ...(await this.findMany([...new Set(missing)], tx))]);
  }

  /** The queues that overflow to this one. */
  async listOverflowingTo(queue: string, tx: Transaction): Promise<Queue[]> {
    const documents = await this.queues.collection.find({ overflowQueue: queue }, { session: tx.session }).toArray();
    return documents.map((document) => toQueue(document as unknown as QueueDocument));
  }

  /** In id order, within an organisation; `after` is the last row, `wanted` are the only ones if it names any. */
  async list(
    limit: number,
    { scope, after, wanted }: { scope?: string; after?: string; wanted: readonly string[] },
  ): Promise<Queue[]> {
    const ids = { ...(after && { $gt: after }), ...(wanted.length > 0 && { $in: [...wanted] }) };
    const documents = await this.queues
      .find({ ...(Object.keys(ids).length > 0 && { _id: ids }), ...(scope && withinOrg(scope)) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<QueueDocument[]>();
    return documents.map(toQueue);
  }

  async save({ queue, ...fields }: Queue, tx: Transaction): Promise<void> {
    const document = { _id: queue, ...fields };
    await this.queues.collection.replaceOne({ _id: queue as never }, document as never, {
      session: tx.session,
      upsert: true,
    });
  }

  /** Lets only one change of who stands on which queue commit at a time. */
  async lockLines(tx: Transaction): Promise<void> {
    await this.guard.collection.updateOne(
      { _id: 'overflows' as never },
      { $inc: { version: 1 } },
      { session: tx.session, upsert: true },
    );
  }
}

function toQueue({ _id, ...fields }: QueueDocument): Queue {
  return { queue: _id, ...fields };
}
