import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { QueueUser } from '../domain/queue';
import { roomOf, type Seat, type SeatState } from '../domain/seat';
import { seatSchema, type SeatDocument } from './seat.schema';

/** Empty, or absent, for all. */
export interface SeatFilter {
  queue: string;
  state: SeatState | '';
  scope?: string;
}

/** Seats, by id and by what they are free for. */
@Injectable()
export class SeatRepository {
  private readonly seats: Model<SeatDocument>;

  constructor(mongo: Mongo) {
    this.seats = mongo.model('Seat', seatSchema);
  }

  async find(seatId: string, tx?: Transaction): Promise<Seat | undefined> {
    return (await this.findMany([seatId], tx)).get(seatId);
  }

  async findMany(seatIds: string[], tx?: Transaction): Promise<Map<string, Seat>> {
    if (seatIds.length === 0) return new Map();
    const documents = await this.seats.collection
      .find({ _id: { $in: seatIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), toSeat(document as unknown as SeatDocument)]));
  }

  /** Seats of a queue that can take a lead now. */
  async listFree(queue: string, limit: number, tx: Transaction): Promise<Seat[]> {
    const documents = await this.seats.collection
      .find({ isFree: true, queues: queue }, { session: tx.session })
      .limit(limit)
      .toArray();
    return documents.map((document) => toSeat(document as unknown as SeatDocument));
  }

  /** In id order. */
  async listOfAgents(agentIds: readonly string[], tx: Transaction): Promise<Seat[]> {
    if (agentIds.length === 0) return [];
    const documents = await this.seats.collection
      .find({ agentId: { $in: [...agentIds] } }, { session: tx.session })
      .sort({ agentId: 1, _id: 1 })
      .toArray();
    return documents.map((document) => toSeat(document as unknown as SeatDocument));
  }

  /** The seats that are put on a queue, free or not. */
  async listUsers(queue: string, tx: Transaction): Promise<QueueUser[]> {
    // Named both ways, so that the index of free seats reads them.
    const seats = await this.seats.collection
      .find({ isFree: { $in: [true, false] }, queues: queue }, { session: tx.session, projection: { orgPath: 1 } })
      .toArray();
    return seats.map(({ _id, orgPath }): QueueUser => ({ kind: 'seat', id: String(_id), orgPath }));
  }

  async listOfTeams(teamIds: readonly string[], tx: Transaction): Promise<Seat[]> {
    const named = [...new Set(teamIds)].filter((teamId) => teamId !== '');
    if (named.length === 0) return [];
    const documents = await this.seats.collection.find({ teamId: { $in: named } }, { session: tx.session }).toArray();
    return documents.map((document) => toSeat(document as unknown as SeatDocument));
  }

  /** In id order, within an organisation; `after` is the last row. */
  async list({ queue, state, scope }: SeatFilter, limit: number, after?: string): Promise<Seat[]> {
    const documents = await this.seats
      .find({
        ...(after && { _id: { $gt: after } }),
        ...(queue && { queues: queue }),
        ...(state && { state }),
        ...(scope && withinOrg(scope)),
      })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<SeatDocument[]>();
    return documents.map(toSeat);
  }

  /** Queues that some free seat serves. */
  async listQueuesOfFree(seatLimit: number): Promise<string[]> {
    const documents = await this.seats
      .find({ isFree: true }, { queues: 1 })
      .limit(seatLimit)
      .lean<Pick<SeatDocument, 'queues'>[]>();
    return [...new Set(documents.flatMap(({ queues }) => queues))];
  }

  /** Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(seats: Seat[], tx: Transaction): Promise<void> {
    if (seats.length === 0) return;
    await this.seats.collection.bulkWrite(
      seats.map((seat) => ({
        replaceOne: { filter: { _id: seat.seatId as never }, replacement: toDocument(seat) as never, upsert: true },
      })),
      { session: tx.session, ordered: false, ignoreUndefined: true },
    );
  }
}

function toDocument(seat: Seat): SeatDocument {
  const { seatId, ...fields } = seat;
  return { _id: seatId, ...fields, isFree: roomOf(seat) > 0 };
}

function toSeat({ _id, isFree: _isFree, lastOfferedAt, teamId, ...fields }: SeatDocument): Seat {
  // Seats of before there were teams have none.
  return { ...fields, seatId: _id, teamId: teamId ?? '', lastOfferedAt: lastOfferedAt ?? undefined };
}
