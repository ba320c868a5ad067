import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { NO_LEASE, type JobLease } from '@tidegate/service';
import type { Model } from 'mongoose';
import { FINISHED_STATES, type Push } from '../domain/push';
import { pushSchema, type PushDocument } from './push.schema';

const RUNNING_MAX = 100;
/** Running pushes that are looked at to find those that can go on. */
const LOOKED_AT_MAX = 1_000;

type PushWithParts = Pick<Push, 'pushId' | 'nextSequence' | 'state'>;

export interface PushStanding {
  /** Absent in pushes of before lists had their own. */
  orgPath: string | undefined;
  isCancelled: boolean;
}

/** Pushes with their state and progress. */
@Injectable()
export class PushRepository {
  private readonly pushes: Model<PushDocument>;

  constructor(mongo: Mongo) {
    this.pushes = mongo.model('Push', pushSchema);
  }

  async add(push: Push, tx: Transaction): Promise<void> {
    const { pushId, ...fields } = push;
    await this.pushes.collection.insertOne({ _id: pushId, ...fields, ...NO_LEASE } as never, { session: tx.session });
  }

  async find(pushId: string, tx?: Transaction): Promise<Push | null> {
    return (await this.findLeased(pushId, tx))?.job ?? null;
  }

  async findLeased(pushId: string, tx?: Transaction): Promise<{ job: Push; lease: JobLease } | null> {
    const document = await this.pushes.collection.findOne({ _id: pushId as never }, { session: tx?.session });
    return document === null ? null : toLeased(document as unknown as PushDocument);
  }

  /** Of pushes: whose their lists are, where they keep it, and how they stand. */
  async findStandings(pushIds: readonly string[], tx?: Transaction): Promise<Map<string, PushStanding>> {
    if (pushIds.length === 0) return new Map();
    const documents = await this.pushes.collection
      .find(
        { _id: { $in: [...new Set(pushIds)] as never[] } },
        { session: tx?.session, projection: { orgPath: 1, state: 1 } },
      )
      .toArray();
    return new Map(
      documents.map(({ _id, orgPath, state }) => [
        String(_id),
        { orgPath: orgPath ? String(orgPath) : undefined, isCancelled: state === 'cancelled' },
      ]),
    );
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save(push: Push, tx: Transaction, lease?: JobLease): Promise<void> {
    const { pushId, ...fields } = push;
    await this.pushes.collection.updateOne(
      { _id: pushId as never },
      { $set: { ...fields, ...lease } },
      { session: tx.session },
    );
  }

  /** Without those whose strategies are waited for. */
  async listRunning(isAwaited: (strategyId: string) => boolean): Promise<string[]> {
    const documents = await this.pushes
      .find({ state: 'running' }, { strategyId: 1 })
      .limit(LOOKED_AT_MAX)
      .lean<{ _id: string; strategyId: string }[]>();
    const ready = documents.filter(({ strategyId }) => !isAwaited(strategyId));
    return ready
      .map(({ _id }) => _id)
      .sort()
      .slice(0, RUNNING_MAX);
  }

  /** Still waiting for members, though they were opened before then. */
  async listIncomplete(openedBefore: Date, limit: number): Promise<string[]> {
    const documents = await this.pushes
      .find({ state: 'receiving', startedAt: { $lt: openedBefore } }, { _id: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Finished, and perhaps with parts that nobody needs any more. */
  async listWithParts(limit: number): Promise<PushWithParts[]> {
    const found: PushWithParts[] = [];
    for (const state of FINISHED_STATES) {
      const documents = await this.pushes
        .find({ state, arePartsDropped: null }, { nextSequence: 1 })
        .limit(limit - found.length)
        .lean<PushDocument[]>();
      found.push(...documents.map(({ _id, nextSequence }) => ({ pushId: _id, nextSequence, state })));
      if (found.length >= limit) break;
    }
    return found;
  }

  async markDropped(pushId: string): Promise<void> {
    await this.pushes.collection.updateOne({ _id: pushId as never }, { $set: { arePartsDropped: true } });
  }

  /** One strategy's, newest first; `before` is the last one's id. */
  async listOfStrategy(strategyId: string, limit: number, before?: string): Promise<Push[]> {
    const documents = await this.pushes
      .find({ strategyId, ...(before && { _id: { $lt: before } }) })
      .sort({ _id: -1 })
      .limit(limit)
      .lean<PushDocument[]>();
    return documents.map((document) => toLeased(document).job);
  }
}

const toLeased = ({ _id, leaseOwner, leaseUntil, arePartsDropped: _dropped, ...fields }: PushDocument) => ({
  job: { pushId: _id, ...fields },
  lease: { leaseOwner, leaseUntil },
});
