import { Injectable } from '@nestjs/common';
import { Mongo, prepareSave, type Transaction } from '@tidegate/mongo';
import { Schema, type Model } from 'mongoose';
import { touch } from '../../repositories/touch';
import type { GrowthAccount } from '../domain/growth-account';
import { progressKey, type MissionProgress } from '../domain/mission';

interface GrowthDocument extends GrowthAccount {
  /** `<plan id>|<customer id>`. */
  _id: string;
  /** Grows when another profile of the person grew under the same caps (`touch`). */
  touchCount?: number;
}
interface ProgressDocument extends MissionProgress {
  /** `<mission id>|<customer id>|<period start>`. */
  _id: string;
  /** Grows when another profile of the person advanced (`touch`). */
  touchCount?: number;
}

const { Mixed } = Schema.Types;
const NEVER = new Date('9999-01-01T00:00:00Z');

const growthSchema = new Schema<GrowthDocument>(
  {
    _id: String,
    planId: { type: String, required: true },
    customerId: { type: String, required: true },
    months: Mixed,
    counters: [Mixed],
    level: Number,
    highestLevel: Number,
    graceEndsAt: Date,
    benefitMonth: String,
    benefitLevels: [Number],
    nextReviewAt: { type: Date, required: true },
    touchCount: Number,
  },
  { collection: 'growth_accounts', versionKey: false, minimize: false },
);
growthSchema.index({ nextReviewAt: 1 });

const progressSchema = new Schema<ProgressDocument>(
  {
    _id: String,
    missionId: { type: String, required: true },
    customerId: { type: String, required: true },
    periodStart: String,
    progress: [Number],
    doneAt: Date,
    doneTogether: [Number],
    touchCount: Number,
  },
  { collection: 'mission_progress', versionKey: false },
);

export const growthKey = (planId: string, customerId: string): string => `${planId}|${customerId}`;
export const keyOfGrowth = ({ planId, customerId }: GrowthAccount): string => growthKey(planId, customerId);
export const keyOfProgress = ({ missionId, customerId, periodStart }: MissionProgress): string =>
  progressKey(missionId, customerId, periodStart);

/** Growth accounts and mission progress; read and written by id, many at a time. */
@Injectable()
export class GrowthRepository {
  private readonly accounts: Model<GrowthDocument>;
  private readonly progress: Model<ProgressDocument>;

  constructor(mongo: Mongo) {
    this.accounts = mongo.model('GrowthAccount', growthSchema);
    this.progress = mongo.model('MissionProgress', progressSchema);
  }

  findAccounts(keys: string[], tx?: Transaction): Promise<Map<string, GrowthAccount>> {
    return find(this.accounts, keys, tx);
  }

  findProgress(keys: string[], tx?: Transaction): Promise<Map<string, MissionProgress>> {
    return find(this.progress, keys, tx);
  }

  saveAccounts(accounts: GrowthAccount[], known: { has(key: string): boolean }, tx: Transaction): Promise<void> {
    return save(this.accounts, new Map(accounts.map((each) => [keyOfGrowth(each), each])), known, tx);
  }

  saveProgress(progress: MissionProgress[], known: { has(key: string): boolean }, tx: Transaction): Promise<void> {
    return save(this.progress, new Map(progress.map((each) => [keyOfProgress(each), each])), known, tx);
  }

  /** Marks accounts that another grew beside; one that was not there is not looked at before it grows. */
  touchAccounts(accounts: readonly GrowthAccount[], tx: Transaction): Promise<void> {
    const documents = accounts.map((each) => ({ _id: keyOfGrowth(each), ...each, nextReviewAt: NEVER }));
    return touch(this.accounts, documents, tx);
  }

  /** Marks progress that another advanced beside. */
  touchProgress(progress: readonly MissionProgress[], tx: Transaction): Promise<void> {
    return touch(
      this.progress,
      progress.map((each) => ({ _id: keyOfProgress(each), ...each })),
      tx,
    );
  }

  /** Keys of accounts whose level is to be looked at again. */
  async listDue(now: Date, limit: number): Promise<string[]> {
    const documents = await this.accounts.collection
      .find({ nextReviewAt: { $lte: now } }, { projection: { _id: 1 } })
      .sort({ nextReviewAt: 1 })
      .limit(limit)
      .toArray();
    return documents.map(({ _id }) => String(_id));
  }
}

async function find<T extends object, D extends T & { _id: string }>(
  model: Model<D>,
  keys: string[],
  tx?: Transaction,
): Promise<Map<string, T>> {
  if (keys.length === 0) return new Map();
  const documents = await model.collection.find({ _id: { $in: keys as never[] } }, { session: tx?.session }).toArray();
  return new Map(documents.map(({ _id, ...fields }) => [String(_id), fields as unknown as T]));
}

/** A key not in `known` is new. */
const save = <D extends { _id: string }>(
  model: Model<D>,
  states: ReadonlyMap<string, object>,
  known: { has(key: string): boolean },
  tx: Transaction,
): Promise<void> => {
  const documents = [...states].map(([_id, fields]) => ({ _id, ...fields }));
  return prepareSave(model, documents, known)(tx);
};
