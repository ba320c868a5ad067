import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { cooldownIdOf, type Firing, type Moment } from '../domain/moment';
import {
  cooldownSchema,
  dateScanSchema,
  momentSchema,
  type CooldownDocument,
  type DateScanDocument,
  type MomentDocument,
} from './moment.schema';

const DAY_MS = 86_400_000;

/** What fired, what rests, and how far dates were scanned. */
@Injectable()
export class MomentRepository {
  private readonly moments: Model<MomentDocument>;
  private readonly cooldowns: Model<CooldownDocument>;
  private readonly dateScans: Model<DateScanDocument>;

  constructor(mongo: Mongo) {
    this.moments = mongo.model('Moment', momentSchema);
    this.cooldowns = mongo.model('MomentCooldown', cooldownSchema);
    this.dateScans = mongo.model('DateScan', dateScanSchema);
  }

  /** Which of these fired before. */
  async findFired(momentIds: readonly string[], tx?: Transaction): Promise<Set<string>> {
    const documents = await this.moments.collection
      .find({ _id: { $in: momentIds as never[] } }, { session: tx?.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map((document) => String(document._id)));
  }

  async findLastFired(cooldownIds: readonly string[], tx: Transaction): Promise<Map<string, Date>> {
    if (cooldownIds.length === 0) return new Map();
    const documents = await this.cooldowns.collection
      .find({ _id: { $in: cooldownIds as never[] } }, { session: tx.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), document.lastFiredAt as Date]));
  }

  /**
   * Records what fired. The keys are unique and the cooldowns were read in the same transaction, so of two at once one is run
   * again and finds the other's.
   */
  async addFiring(
    { moments, lastFired }: Firing,
    known: ReadonlyMap<string, Date>,
    detectedAt: Date,
    tx: Transaction,
  ): Promise<void> {
    if (moments.length === 0) return;
    await this.moments.collection.insertMany(moments.map((moment) => toDocument(moment, detectedAt)) as never[], {
      session: tx.session,
    });
    const restDays = new Map(moments.map((moment) => [cooldownIdOf(moment), moment.cooldownDays]));
    const rests = [...lastFired].map(([_id, lastFiredAt]) => ({
      _id,
      lastFiredAt,
      expiresAt: new Date(lastFiredAt.getTime() + ((restDays.get(_id) ?? 0) + 1) * DAY_MS),
    }));
    const fresh = rests.filter(({ _id }) => !known.has(_id));
    if (fresh.length > 0) await this.cooldowns.collection.insertMany(fresh as never[], { session: tx.session });
    const changed = rests.filter(({ _id }) => known.has(_id));
    if (changed.length === 0) return;
    await this.cooldowns.collection.bulkWrite(
      changed.map(({ _id, ...fields }) => ({ updateOne: { filter: { _id: _id as never }, update: { $set: fields } } })),
      { session: tx.session, ordered: false },
    );
  }

  /** The last day that was scanned for a rule, if any. */
  async findScannedDay(ruleKey: string): Promise<string | null> {
    return (await this.dateScans.findById(ruleKey).lean<DateScanDocument>())?.day ?? null;
  }

  async saveScannedDay(ruleKey: string, day: string): Promise<void> {
    await this.dateScans.updateOne({ _id: ruleKey }, { $max: { day } }, { upsert: true });
  }
}

const toDocument = (moment: Moment, detectedAt: Date): MomentDocument => ({
  _id: moment.momentId,
  strategyId: moment.strategyId,
  ruleId: moment.ruleId,
  customerId: moment.customerId,
  factId: moment.factId,
  acceptedAt: moment.acceptedAt,
  detectedAt,
});
