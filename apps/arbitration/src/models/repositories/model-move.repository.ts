import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { ModelMove } from '../../domain/models/model-move';
import { modelMoveSchema, type ModelMoveDocument } from '../../repositories/model-slot.schema';

/** Moves of models in their slots, numbered by slot without a gap. */
@Injectable()
export class ModelMoveRepository {
  private readonly moves: Model<ModelMoveDocument>;

  constructor(mongo: Mongo) {
    this.moves = mongo.model('ModelMove', modelMoveSchema);
  }

  /** The newest of a slot: one that waits is always the newest. */
  async findLast(slot: string, tx: Transaction): Promise<ModelMove | null> {
    const [last] = await this.list(slot, { limit: 1 }, tx);
    return last ?? null;
  }

  /** Two writers of the same number cannot both win. */
  async add(move: ModelMove, tx: Transaction): Promise<void> {
    await this.moves.collection.insertOne({ _id: keyOf(move), ...move } as never, { session: tx.session });
  }

  async save(move: ModelMove, tx: Transaction): Promise<void> {
    await this.moves.collection.replaceOne({ _id: keyOf(move) as never }, { ...move } as never, {
      session: tx.session,
    });
  }

  /** Those that wait for a second person, by slot, after one; each slot has one at most. */
  async listPending(after: string, limit: number): Promise<ModelMove[]> {
    const documents = await this.moves.collection
      .find({ state: 'pending', slot: { $gt: after } }, { projection: { _id: 0 } })
      .sort({ slot: 1 })
      .limit(limit)
      .toArray();
    return documents as unknown as ModelMove[];
  }

  /** Newest first, below a number. */
  async list(slot: string, page: { limit: number; below?: number }, tx?: Transaction): Promise<ModelMove[]> {
    const filter = page.below === undefined ? { slot } : { slot, number: { $lt: page.below } };
    const documents = await this.moves.collection
      .find(filter, { session: tx?.session, projection: { _id: 0 } })
      .sort({ number: -1 })
      .limit(page.limit)
      .toArray();
    return documents as unknown as ModelMove[];
  }
}

const keyOf = ({ slot, number }: ModelMove): string => `${slot}|${String(number).padStart(10, '0')}`;
