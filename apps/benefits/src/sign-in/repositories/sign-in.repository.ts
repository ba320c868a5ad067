import { Injectable } from '@nestjs/common';
import { Mongo, prepareSave, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import { signInKey } from '../domain/sign-in-batch';
import type { SignInRecord } from '../domain/sign-in-record';

interface SignInDocument extends SignInRecord {
  /** `signInKey`. */
  _id: string;
  /** Grows when another profile of the person signed (`touch`). */
  touchCount?: number;
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
    touchCount: Number,
  },
  { collection: 'sign_ins', versionKey: false, minimize: false },
);

/** One document for each customer of a programme. */
@Injectable()
export class SignInRepository {
  private readonly signIns: Model<SignInDocument>;

  constructor(mongo: Mongo) {
    this.signIns = mongo.model('SignIn', signInSchema);
  }

  /** By key; who never signed in has no entry. */
  async findMany(keys: string[], tx?: Transaction): Promise<Map<string, SignInRecord>> {
    const documents = await this.signIns.collection
      .find({ _id: { $in: keys as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => toEntry(document as unknown as SignInDocument)));
  }

  /** Writes records; one not in `known` is new. */
  saveMany(
    records: ReadonlyMap<string, SignInRecord>,
    known: { has(key: string): boolean },
    tx: Transaction,
  ): Promise<void> {
    const documents = [...records].map(([_id, record]) => ({ _id, ...record }));
    return prepareSave(this.signIns, documents, known)(tx);
  }

  /** Marks records that another was signed beside. */
  touch(records: readonly SignInRecord[], tx: Transaction): Promise<void> {
    const documents = records.map((record) => ({ _id: signInKey(record.programmeId, record.customerId), ...record }));
    return touch(this.signIns, documents, tx);
  }
}

const toEntry = ({ _id, touchCount, ...record }: SignInDocument): [string, SignInRecord] => [_id, record];
