import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { decodeBlock, encodeBlock, type ShortlistBlock } from '../domain/allocation/shortlist-block';
import type { Push } from '../domain/push';
import type { PlanBlock } from '../domain/push-plan';
import { BlockPropensities, type ScoredBlock } from '../domain/scored-block';
import {
  pushBlockSchema,
  pushChunkSchema,
  pushPlanSchema,
  type PushBlockDocument,
  type PushChunkDocument,
  type PushPlanDocument,
} from './push.schema';

const PARTS_PER_DROP = 1_000;

/** The parts of a running push, block by block: the members as they came, what they scored, and what is planned for them. */
@Injectable()
export class PushPartRepository {
  private readonly chunks: Model<PushChunkDocument>;
  private readonly blocks: Model<PushBlockDocument>;
  private readonly plans: Model<PushPlanDocument>;

  constructor(mongo: Mongo) {
    this.chunks = mongo.model('PushChunk', pushChunkSchema);
    this.blocks = mongo.model('PushBlock', pushBlockSchema);
    this.plans = mongo.model('PushPlan', pushPlanSchema);
  }

  async addChunk(
    pushId: string,
    sequence: number,
    chunk: Required<Omit<PushChunkDocument, '_id'>>,
    { session }: Transaction,
  ): Promise<void> {
    await this.chunks.collection.insertOne({ _id: partId(pushId, sequence), ...chunk } as never, { session });
  }

  /** Undefined for a chunk of an earlier version. */
  async findDigest(pushId: string, sequence: number, { session }: Transaction): Promise<string | undefined> {
    const only = { projection: { digest: 1 }, session };
    const document = await this.chunks.collection.findOne({ _id: partId(pushId, sequence) as never }, only);
    return (document as unknown as PushChunkDocument | null)?.digest;
  }

  async getChunk(pushId: string, sequence: number): Promise<string[]> {
    const document = await this.chunks.collection.findOne({ _id: partId(pushId, sequence) as never });
    return found((document as unknown as PushChunkDocument | null)?.customerIds, pushId);
  }

  /** A block that was scored before is scored anew. */
  async saveBlock(pushId: string, index: number, block: ScoredBlock, tx: Transaction): Promise<void> {
    const { slots, values, uses } = block.propensities;
    const document = {
      customerIds: block.customerIds,
      slots: [...slots],
      shortlists: Buffer.from(encodeBlock(block.shortlists)),
      propensities: bytesOf(values),
      useKinds: uses.kinds,
      usePlaces: bytesOf(uses.places),
    };
    await this.blocks.collection.replaceOne({ _id: partId(pushId, index) as never }, document as never, {
      session: tx.session,
      upsert: true,
    });
  }

  async getMembers(pushId: string, index: number): Promise<string[]> {
    return (await this.find(pushId, index, { customerIds: 1 })).customerIds;
  }

  async getShortlists(pushId: string, index: number): Promise<ShortlistBlock> {
    return decodeBlock(bufferOf((await this.find(pushId, index, { shortlists: 1 })).shortlists));
  }

  async getPropensities(pushId: string, index: number): Promise<BlockPropensities> {
    const wanted = { slots: 1, propensities: 1, useKinds: 1, usePlaces: 1 } as const;
    const { slots, propensities, useKinds, usePlaces } = await this.find(pushId, index, wanted);
    // A block of before uses were kept has none.
    const places = usePlaces === undefined ? new Uint16Array(0) : new Uint16Array(copyOf(usePlaces));
    return new BlockPropensities(slots, new Float64Array(copyOf(propensities)), { kinds: useKinds ?? [], places });
  }

  async savePlan(pushId: string, index: number, plan: PlanBlock, { session }: Transaction): Promise<void> {
    const document = {
      choices: bytesOf(plan.choices),
      ranks: bytesOf(plan.ranks),
      explored: bytesOf(plan.explored),
      lostTo: bytesOf(plan.lostTo),
    };
    const filter = { _id: partId(pushId, index) as never };
    await this.plans.collection.replaceOne(filter, document as never, { session, upsert: true });
  }

  async getPlan(pushId: string, index: number): Promise<PlanBlock> {
    const document = await this.plans.collection.findOne({ _id: partId(pushId, index) as never });
    const { choices, ranks, explored, lostTo } = found(document as unknown as PushPlanDocument | null, pushId);
    return {
      choices: new Int16Array(copyOf(choices)),
      ranks: new Uint32Array(copyOf(ranks)),
      explored: new Uint8Array(copyOf(explored)),
      lostTo: new Int16Array(copyOf(lostTo)),
    };
  }

  /** Drops what a finished push no longer needs: its decisions say everything. What tells a repeat of a chunk stays. */
  async drop({ pushId, nextSequence }: Pick<Push, 'pushId' | 'nextSequence'>): Promise<void> {
    // By their ids: a database may read all pushes' parts for a range of them.
    for (let from = 0; from < nextSequence; from += PARTS_PER_DROP) {
      const count = Math.min(PARTS_PER_DROP, nextSequence - from);
      const ids = Array.from({ length: count }, (_, index) => partId(pushId, from + index));
      const filter = { _id: { $in: ids as never[] } };
      await this.chunks.collection.updateMany(filter, { $unset: { customerIds: 1 } });
      for (const { collection } of [this.blocks, this.plans]) await collection.deleteMany(filter);
    }
  }

  private async find(pushId: string, index: number, projection: Record<string, 1>): Promise<PushBlockDocument> {
    const document = await this.blocks.collection.findOne({ _id: partId(pushId, index) as never }, { projection });
    return found(document as unknown as PushBlockDocument | null, pushId);
  }
}

const partId = (pushId: string, index: number): string => `${pushId}|${String(index).padStart(9, '0')}`;

function found<T>(document: T | null | undefined, pushId: string): T {
  if (document == null) throw new Error(`a part of push ${pushId} is gone`);
  return document;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Buffer =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);

/** The driver hands binary data out in a wrapper of its own. */
const bufferOf = (stored: Buffer | { buffer: Uint8Array }): Uint8Array =>
  Buffer.isBuffer(stored) ? stored : (stored.buffer as Uint8Array);

/** A copy that begins at a boundary, as typed arrays must. */
const copyOf = (stored: Buffer): ArrayBuffer => new Uint8Array(bufferOf(stored)).buffer;
