import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Fan, FanDay, FanTarget, TargetRef } from '../domain/fan';
import {
  fanCountSchema,
  fanDaySchema,
  fanSchema,
  fanTargetSchema,
  type FanCountDocument,
  type FanDayDocument,
  type FanDocument,
  type FanTargetDocument,
  type TargetKey,
} from './fan.schema';

export const targetKey = ({ kind, targetId }: TargetRef): TargetKey => `${kind}:${targetId}`;
export const fanKey = (fan: TargetRef & { customerId: string }): string => `${targetKey(fan)}|${fan.customerId}`;
export const dayKey = (key: TargetKey, day: string): string => `${key}|${day}`;

/** The last row of a page of fans. */
export interface FanCursor {
  followedAt: Date;
  key: string;
}

/** Targets, their fans, and what each day did to them. */
@Injectable()
export class FanRepository {
  private readonly targets: Model<FanTargetDocument>;
  private readonly counts: Model<FanCountDocument>;
  private readonly fans: Model<FanDocument>;
  private readonly days: Model<FanDayDocument>;

  constructor(mongo: Mongo) {
    this.targets = mongo.model('FanTarget', fanTargetSchema);
    this.counts = mongo.model('FanCount', fanCountSchema);
    this.fans = mongo.model('Fan', fanSchema);
    this.days = mongo.model('FanDay', fanDaySchema);
  }

  /** @throws TARGET_NOT_FOUND */
  async getTarget(ref: TargetRef): Promise<FanTarget> {
    const target = (await this.findTargets([targetKey(ref)])).get(targetKey(ref));
    if (!target) throw targetNotFound();
    return target;
  }

  async findTargets(keys: readonly TargetKey[], tx?: Transaction): Promise<Map<TargetKey, FanTarget>> {
    const found = await this.byKeys(this.targets, keys, tx);
    return new Map(found.map(({ _id, ...target }) => [_id, target]));
  }

  async saveTarget(target: FanTarget, tx: Transaction): Promise<void> {
    await this.putMany(this.targets, new Map([[targetKey(target), target]]), tx);
  }

  /** By key; `scope` is an organisation path. */
  async listTargets(limit: number, { scope, after }: { scope?: string; after?: string }): Promise<FanTarget[]> {
    const filters = [...(scope ? [withinOrg(scope)] : []), ...(after ? [{ _id: { $gt: after } }] : [])];
    const documents = await this.targets
      .find(filters.length > 0 ? { $and: filters } : {})
      .sort({ _id: 1 })
      .limit(limit)
      .lean<FanTargetDocument[]>();
    return documents.map(({ _id, ...target }) => target);
  }

  async findCounts(keys: readonly TargetKey[], tx?: Transaction): Promise<Map<TargetKey, number>> {
    const found = await this.byKeys(this.counts, keys, tx);
    return new Map(found.map(({ _id, fanCount }) => [_id, fanCount]));
  }

  async saveCounts(counts: ReadonlyMap<TargetKey, number>, tx: Transaction): Promise<void> {
    await this.putMany(this.counts, new Map([...counts].map(([key, fanCount]) => [key, { fanCount }])), tx);
  }

  /** By key. */
  async findFans(keys: readonly string[], tx: Transaction): Promise<Map<string, Fan>> {
    const found = await this.byKeys(this.fans, keys, tx);
    return new Map(found.map((document) => [document._id, toFan(document)]));
  }

  async saveFans(fans: ReadonlyMap<string, Fan>, tx: Transaction): Promise<void> {
    const rows = [...fans].map(([key, fan]) => [key, { ...fan, targetKey: targetKey(fan) }] as const);
    await this.putMany(this.fans, new Map(rows), tx);
  }

  async findDays(keys: readonly string[], tx?: Transaction): Promise<Map<string, FanDay>> {
    const found = await this.byKeys(this.days, keys, tx);
    return new Map(found.map(({ _id, targetKey: _targetKey, ...day }) => [_id, day]));
  }

  async saveDays(days: ReadonlyMap<string, { targetKey: TargetKey; day: FanDay }>, tx: Transaction): Promise<void> {
    const rows = [...days].map(([key, { targetKey: of, day }]) => [key, { ...day, targetKey: of }] as const);
    await this.putMany(this.days, new Map(rows), tx);
  }

  /** Days on which the count may have changed, before a day, the newest first. */
  async listDaysBefore(key: TargetKey, day: string, limit: number): Promise<FanDay[]> {
    const filter = { targetKey: key, day: { $lt: day } };
    return this.days.find(filter).sort({ day: -1 }).limit(limit).lean<FanDayDocument[]>();
  }

  /** Followers of a target, or what a customer follows; newest first. */
  async listFollowing(
    of: { targetKey: TargetKey } | { customerId: string },
    limit: number,
    after?: FanCursor,
  ): Promise<Fan[]> {
    const older = after && {
      $or: [{ followedAt: { $lt: after.followedAt } }, { followedAt: after.followedAt, _id: { $lt: after.key } }],
    };
    const documents = await this.fans
      .find({ ...of, isFollowing: true, ...older })
      .sort({ followedAt: -1, _id: -1 })
      .limit(limit)
      .lean<FanDocument[]>();
    return documents.map(toFan);
  }

  private async byKeys<T extends { _id: string }>(model: Model<T>, keys: readonly string[], tx?: Transaction) {
    if (keys.length === 0) return [];
    const filter = { _id: { $in: [...new Set(keys)] as never[] } };
    return (await model.collection.find(filter, { session: tx?.session }).toArray()) as unknown as T[];
  }

  private async putMany<T>(model: Model<T>, rows: ReadonlyMap<string, object>, tx: Transaction): Promise<void> {
    if (rows.size === 0) return;
    const writes = [...rows].map(([key, row]) => ({
      replaceOne: { filter: { _id: key as never }, replacement: { ...row } as never, upsert: true },
    }));
    await model.collection.bulkWrite(writes as never, { session: tx.session, ordered: false });
  }
}

export const targetNotFound = () => notFound('TARGET_NOT_FOUND', 'There is no such outlet or store to follow.');

const toFan = ({ _id, targetKey: _targetKey, ...fan }: FanDocument): Fan => ({ ...fan, requests: fan.requests ?? [] });
