import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Shift, ShiftPlan } from '../domain/shift';
import { shiftPlanSchema, shiftSchema, type ShiftDocument, type ShiftPlanDocument } from './shift.schema';

/** Shifts and the plans that make slots of them, by queue. */
@Injectable()
export class ShiftRepository {
  private readonly shifts: Model<ShiftDocument>;
  private readonly plans: Model<ShiftPlanDocument>;

  constructor(mongo: Mongo) {
    this.shifts = mongo.model('Shift', shiftSchema);
    this.plans = mongo.model('ShiftPlan', shiftPlanSchema);
  }

  async find(shiftId: string, tx: Transaction): Promise<Shift | null> {
    const document = await this.shifts.findById(shiftId).session(tx.session).lean<ShiftDocument>();
    return document === null ? null : toShift(document);
  }

  /** In id order; `after` is the last row. */
  async list(queue: string, limit: number, { after = '', tx }: { after?: string; tx?: Transaction } = {}) {
    const documents = await this.shifts
      .find({ queue, _id: { $gt: after } })
      .session(tx?.session ?? null)
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ShiftDocument[]>();
    return documents.map(toShift);
  }

  async save({ shiftId, ...fields }: Shift, tx: Transaction): Promise<void> {
    const document = { _id: shiftId as never, ...fields };
    await this.shifts.collection.replaceOne({ _id: shiftId as never }, document as never, {
      session: tx.session,
      upsert: true,
    });
  }

  async delete(shiftId: string, tx: Transaction): Promise<void> {
    await this.shifts.collection.deleteOne({ _id: shiftId as never }, { session: tx.session });
  }

  async findPlan(queue: string, tx?: Transaction): Promise<ShiftPlan | null> {
    const document = await this.plans
      .findById(queue)
      .session(tx?.session ?? null)
      .lean<ShiftPlanDocument>();
    return document === null ? null : toPlan(document);
  }

  /** Those of the queues whose days come from shifts. */
  async findPlanned(queues: readonly string[], tx?: Transaction): Promise<Set<string>> {
    if (queues.length === 0) return new Set();
    const documents = await this.plans.collection
      .find({ _id: { $in: queues as never[] } }, { session: tx?.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map(({ _id }) => String(_id)));
  }

  async listPlans(limit: number, after: string): Promise<ShiftPlan[]> {
    const documents = await this.plans
      .find({ _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<ShiftPlanDocument[]>();
    return documents.map(toPlan);
  }

  /** Every change of a queue's shifts touches its plan, so that two made at once meet in a write conflict. */
  async savePlan({ queue, ...terms }: ShiftPlan, changedPools: readonly string[], tx: Transaction): Promise<void> {
    await this.plans.collection.updateOne(
      { _id: queue as never },
      { $set: terms, $addToSet: { unsettledPools: { $each: [queue, ...changedPools] } } } as never,
      { session: tx.session, upsert: true },
    );
  }

  async findUnsettled(queue: string, tx?: Transaction): Promise<string[]> {
    const document = await this.plans
      .findById(queue)
      .session(tx?.session ?? null)
      .lean<ShiftPlanDocument>();
    return document?.unsettledPools ?? [];
  }

  async markSettled(queue: string, pools: readonly string[], tx: Transaction): Promise<void> {
    await this.plans.collection.updateOne(
      { _id: queue as never },
      { $pull: { unsettledPools: { $in: pools } } } as never,
      {
        session: tx.session,
      },
    );
  }
}

const toShift = ({ _id, ...fields }: ShiftDocument): Shift => ({ shiftId: _id, ...fields });

const toPlan = ({ _id, orgPath, slotMinutes, daysAhead }: ShiftPlanDocument): ShiftPlan => ({
  queue: _id,
  orgPath,
  slotMinutes,
  daysAhead,
});
