import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { budgetIdsOf, type Reservation } from '../domain/reservation';
import { reservationSchema, type ReservationDocument } from './budget.schema';

/** Which hold took which part of the budgets. */
@Injectable()
export class ReservationRepository {
  private readonly reservations: Model<ReservationDocument>;

  constructor(mongo: Mongo) {
    this.reservations = mongo.model('BudgetReservation', reservationSchema);
  }

  async findMany(holdIds: readonly string[], tx?: Transaction): Promise<Map<string, Reservation>> {
    const documents = await this.reservations
      .find({ _id: { $in: [...holdIds] } }, null, { session: tx?.session })
      .lean<ReservationDocument[]>();
    return new Map(documents.map((document) => [document._id, toReservation(document)]));
  }

  async listRedeemed(redemptionIds: readonly string[], tx: Transaction): Promise<Reservation[]> {
    const documents = await this.reservations
      .find({ 'redemptions.redemptionId': { $in: [...redemptionIds] } }, null, { session: tx.session })
      .lean<ReservationDocument[]>();
    return documents.map(toReservation);
  }

  /** Those whose hold should have ended before a moment, the longest overdue first. */
  async listOverdue(before: Date, limit: number): Promise<Reservation[]> {
    const documents = await this.reservations
      .find({ state: 'reserved', heldUntil: { $lt: before } })
      .sort({ heldUntil: 1 })
      .limit(limit)
      .lean<ReservationDocument[]>();
    return documents.map(toReservation);
  }

  async saveMany(reservations: readonly Reservation[], tx: Transaction): Promise<void> {
    if (reservations.length === 0) return;
    const writes = reservations.map(({ holdId, ...fields }) => ({
      updateOne: { filter: { _id: holdId }, update: { $set: fields }, upsert: true },
    }));
    await this.reservations.bulkWrite(writes, { session: tx.session });
  }
}

/** Documents of before early reversals were kept have none, and those of before budgets were named took of both. */
const toReservation = ({ _id, reversedIds = [], budgetIds, ...fields }: ReservationDocument): Reservation => ({
  holdId: _id,
  ...fields,
  budgetIds: budgetIds ?? budgetIdsOf(fields),
  reversedIds,
});
