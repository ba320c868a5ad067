import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import type { SignInRecord } from '../domain/sign-in-record';

interface SignInDocument extends SignInRecord {
  /** `<programme id>|<customer id>`. */
  _id: string;
}

const { Mixed } = Schema.Types;

const signInSchema = new Schema<SignInDocument>(
  {
    _id: String,
    programmeId: { type: String, required: true },
    customerId: { type: String, required: true },
    months: { type: Mixed, required: true },
    longestStreakDays: Number,
    cardMonth: String,
    cardsUsed: Number,
    extraCards: Number,
  },
  { collection: 'sign_ins', versionKey: false, minimize: false },
);

const keyOf = (programmeId: string, customerId: string): string => `${programmeId}|${customerId}`;

/** One document for each customer of a programme. */
@Injectable()
export class SignInRepository {
  private readonly signIns: Model<SignInDocument>;

  constructor(mongo: Mongo) {
    this.signIns = mongo.model('SignIn', signInSchema);
  }

  async find(programmeId: string, customerId: string, tx?: Transaction): Promise<SignInRecord | null> {
    const document = await this.signIns.collection.findOne(
      { _id: keyOf(programmeId, customerId) as never },
      { session: tx?.session },
    );
    if (!document) return null;
    const { _id, ...record } = document as unknown as SignInDocument;
    return record;
  }

  /** Read in the same transaction; a race of two first sign-ins ends in a duplicate key, which runs it again. */
  async save(record: SignInRecord, isNew: boolean, tx: Transaction): Promise<void> {
    const _id = keyOf(record.programmeId, record.customerId) as never;
    const { session } = tx;
    if (isNew) await this.signIns.collection.insertOne({ _id, ...record }, { session });
    else await this.signIns.collection.replaceOne({ _id }, record, { session });
  }
}
