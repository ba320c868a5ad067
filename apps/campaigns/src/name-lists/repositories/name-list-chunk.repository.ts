import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model, mongo } from 'mongoose';
import type { ListMember } from '../domain/list-member';
import type { Placement } from '../domain/placement';
import { packMembers, packPlacements, unpackMembers, unpackPlacements } from './member-packing';
import {
  nameListChunkSchema,
  nameListPlacementSchema,
  type NameListChunkDocument,
  type NameListPlacementDocument,
} from './name-list-chunk.schema';

const idOf = (listId: string, sequence: number): string => `${listId}|${String(sequence).padStart(6, '0')}`;

/** Lists whose bounds are kept in memory: 1,000 short texts each at most. */
const BOUNDS_KEPT = 50;

/** Members of name lists in chunks, in customer id order, and who has them. Everything goes by the key. */
@Injectable()
export class NameListChunkRepository {
  private readonly chunkModel: Model<NameListChunkDocument>;
  private readonly placementModel: Model<NameListPlacementDocument>;
  private readonly bounds = new Map<string, readonly string[]>();

  constructor(mongo: Mongo) {
    this.chunkModel = mongo.model('NameListChunk', nameListChunkSchema);
    this.placementModel = mongo.model('NameListPlacement', nameListPlacementSchema);
  }

  /** @param first sequence of the first of the chunks */
  async addMany(
    listId: string,
    first: number,
    chunks: readonly (readonly ListMember[])[],
    relationCount: number,
    tx: Transaction,
  ): Promise<void> {
    if (chunks.length === 0) return;
    const documents = chunks.map((members, i) => ({
      _id: idOf(listId, first + i),
      firstCustomerId: members[0]?.customerId ?? '',
      lastCustomerId: members.at(-1)?.customerId ?? '',
      members: packMembers(members, relationCount),
    }));
    await this.chunks.insertMany(documents, { session: tx.session });
  }

  async getMembers(listId: string, sequence: number, tx?: Transaction): Promise<ListMember[]> {
    const document = await this.chunks.findOne({ _id: idOf(listId, sequence) }, { session: tx?.session });
    return document === null ? [] : unpackMembers(document.members);
  }

  /** Null before the list is split so far. */
  async findPlacements(listId: string, sequence: number, tx?: Transaction): Promise<(Placement | null)[] | null> {
    const document = await this.placements.findOne({ _id: idOf(listId, sequence) }, { session: tx?.session });
    return document && unpackPlacements(document.placements);
  }

  async savePlacements(
    listId: string,
    sequence: number,
    placements: readonly (Placement | null)[],
    tx: Transaction,
  ): Promise<void> {
    const _id = idOf(listId, sequence);
    const packed = packPlacements(placements);
    await this.placements.updateOne({ _id }, { $set: { placements: packed } }, { session: tx.session, upsert: true });
  }

  /** Last customer of each chunk of a list that no longer grows; these never change, so they are read once. */
  async getBounds(listId: string, chunkCount: number): Promise<readonly string[]> {
    const known = this.bounds.get(listId);
    if (known) return known;
    const ids = Array.from({ length: chunkCount }, (_, i) => idOf(listId, i));
    const documents = await this.chunks.find({ _id: { $in: ids } }, { projection: { lastCustomerId: 1 } }).toArray();
    const lastOf = new Map(documents.map(({ _id, lastCustomerId }) => [_id, lastCustomerId]));
    const bounds = ids.map((id) => lastOf.get(id) ?? '');
    const oldest = this.bounds.keys().next();
    if (this.bounds.size >= BOUNDS_KEPT && !oldest.done) this.bounds.delete(oldest.value);
    this.bounds.set(listId, bounds);
    return bounds;
  }

  private get chunks(): mongo.Collection<NameListChunkDocument> {
    return this.chunkModel.collection as unknown as mongo.Collection<NameListChunkDocument>;
  }

  private get placements(): mongo.Collection<NameListPlacementDocument> {
    return this.placementModel.collection as unknown as mongo.Collection<NameListPlacementDocument>;
  }
}
