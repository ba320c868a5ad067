import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
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

  /** Writes records; one not in `known` is new, and a race for it ends in a duplicate key, which runs it again. */
  async saveMany(
    records: ReadonlyMap<string, SignInRecord>,
    known: { has(key: string): boolean },
    { session }: Transaction,
  ): Promise<void> {
    const fresh = [...records].filter(([key]) => !known.has(key)).map(([_id, record]) => ({ _id, ...record }));
    const changed = [...records].filter(([key]) => known.has(key));
    if (fresh.length > 0) await this.signIns.collection.insertMany(fresh as never[], { session });
    if (changed.length === 0) return;
    await this.signIns.collection.bulkWrite(
      changed.map(([key, replacement]) => ({ replaceOne: { filter: { _id: key as never }, replacement } })),
      { session, ordered: false },
    );
  }

  /** Marks records that another was signed beside. */
  touch(records: readonly SignInRecord[], tx: Transaction): Promise<void> {
    const documents = records.map((record) => ({ _id: signInKey(record.programmeId, record.customerId), ...record }));
    return touch(this.signIns, documents, tx);
  }
}

const toEntry = ({ _id, touchCount, ...record }: SignInDocument): [string, SignInRecord] => [_id, record];
