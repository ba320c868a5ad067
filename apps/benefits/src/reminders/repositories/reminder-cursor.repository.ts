import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { ReminderCursor } from '../domain/expiry-reminder';

interface ReminderCursorDocument extends Omit<ReminderCursor, 'leadDays'> {
  /** Lead time in days. */
  _id: number;
}

const reminderCursorSchema = new Schema<ReminderCursorDocument>(
  { _id: Number, expiresAt: { type: Date, required: true }, instanceId: String },
  { collection: 'reminder_cursors', versionKey: false },
);

/** One cursor for each lead time. */
@Injectable()
export class ReminderCursorRepository {
  private readonly cursors: Model<ReminderCursorDocument>;

  constructor(mongo: Mongo) {
    this.cursors = mongo.model('ReminderCursor', reminderCursorSchema);
  }

  async find(leadDays: number, tx?: Transaction): Promise<ReminderCursor | null> {
    const found = await this.cursors.findById(leadDays, null, { session: tx?.session }).lean<ReminderCursorDocument>();
    return found && { leadDays, expiresAt: found.expiresAt, instanceId: found.instanceId };
  }

  /** A race for a new cursor ends in a duplicate key, which runs the transaction again. */
  async add({ leadDays, ...fields }: ReminderCursor, tx: Transaction): Promise<void> {
    await this.cursors.create([{ _id: leadDays, ...fields }], { session: tx.session });
  }

  /** Read in the same transaction: a concurrent move is a write conflict. */
  async save({ leadDays, ...fields }: ReminderCursor, tx: Transaction): Promise<void> {
    await this.cursors.updateOne({ _id: leadDays }, { $set: fields }, { session: tx.session });
  }
}
