import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Push } from '../domain/push';
import type { PlannedMember } from '../domain/push-plan';
import {
  pushChunkSchema,
  pushPlanSchema,
  pushSchema,
  type PushChunkDocument,
  type PushDocument,
  type PushPlanDocument,
} from './push.schema';

const MEMBERS_PER_PLAN_PART = 2_000;
const RUNNING_MAX = 100;
const NOBODY = { leaseOwner: '', leaseUntil: new Date(0) };

/** A push with the replica that is at work on it. */
export interface LeasedPush {
  push: Push;
  leaseOwner: string;
  leaseUntil: Date;
}

/** Pushes, their members as they came, and their plans. */
@Injectable()
export class PushRepository {
  private readonly pushes: Model<PushDocument>;
  private readonly chunks: Model<PushChunkDocument>;
  private readonly plans: Model<PushPlanDocument>;

  constructor(mongo: Mongo) {
    this.pushes = mongo.model('Push', pushSchema);
    this.chunks = mongo.model('PushChunk', pushChunkSchema);
    this.plans = mongo.model('PushPlan', pushPlanSchema);
  }

  async add(push: Push, tx: Transaction): Promise<void> {
    const { pushId, ...fields } = push;
    await this.pushes.collection.insertOne({ _id: pushId, ...fields, ...NOBODY } as never, { session: tx.session });
  }

  async find(pushId: string, tx?: Transaction): Promise<Push | null> {
    return (await this.findLeased(pushId, tx))?.push ?? null;
  }

  async findLeased(pushId: string, tx?: Transaction): Promise<LeasedPush | null> {
    const document = await this.pushes.collection.findOne({ _id: pushId as never }, { session: tx?.session });
    if (document === null) return null;
    const { _id, leaseOwner, leaseUntil, ...fields } = document as unknown as PushDocument;
    return { push: { pushId: _id, ...fields }, leaseOwner, leaseUntil };
  }

  /** Read in the same transaction. A lease, when given, is taken or renewed with it. */
  async save(push: Push, tx: Transaction, lease?: { leaseOwner: string; leaseUntil: Date }): Promise<void> {
    const { pushId, ...fields } = push;
    await this.pushes.collection.updateOne(
      { _id: pushId as never },
      { $set: { ...fields, ...lease } },
      { session: tx.session },
    );
  }

  async listRunning(): Promise<string[]> {
    const documents = await this.pushes
      .find({ state: 'running' }, { _id: 1 })
      .limit(RUNNING_MAX)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id).sort();
  }

  async addChunk(pushId: string, sequence: number, customerIds: string[], tx: Transaction): Promise<void> {
    await this.chunks.collection.insertOne({ _id: partId(pushId, sequence), customerIds } as never, {
      session: tx.session,
    });
  }

  /** Every member once, in the order they came. */
  async listMembers(pushId: string): Promise<string[]> {
    const members = new Set<string>();
    const chunks = this.chunks.find({ _id: partsOf(pushId) }).sort({ _id: 1 });
    for await (const { customerIds } of chunks.lean<PushChunkDocument[]>().cursor()) {
      for (const customerId of customerIds) members.add(customerId);
    }
    return [...members];
  }

  async savePlan(pushId: string, members: readonly PlannedMember[], tx: Transaction): Promise<void> {
    for (let from = 0; from < members.length; from += MEMBERS_PER_PLAN_PART) {
      const part = { _id: partId(pushId, from), from, members: members.slice(from, from + MEMBERS_PER_PLAN_PART) };
      await this.plans.collection.insertOne(part as never, { session: tx.session });
    }
  }

  /** Members of the plan from a place on, at most `limit`. */
  async listPlanned(pushId: string, from: number, limit: number): Promise<PlannedMember[]> {
    const firstPart = Math.floor(from / MEMBERS_PER_PLAN_PART) * MEMBERS_PER_PLAN_PART;
    const part = await this.plans.collection.findOne({ _id: partId(pushId, firstPart) as never });
    const members = (part as unknown as PushPlanDocument | null)?.members ?? [];
    return members.slice(from - firstPart, from - firstPart + limit);
  }

  /** Drops what a finished push no longer needs; its decisions say everything. */
  async dropParts(pushId: string): Promise<void> {
    await this.chunks.collection.deleteMany({ _id: partsOf(pushId) as never });
    await this.plans.collection.deleteMany({ _id: partsOf(pushId) as never });
  }
}

const partId = (pushId: string, index: number): string => `${pushId}|${String(index).padStart(9, '0')}`;
/** All parts of one push: "}" is the character after "|". */
const partsOf = (pushId: string) => ({ $gt: `${pushId}|`, $lt: `${pushId}}` });
