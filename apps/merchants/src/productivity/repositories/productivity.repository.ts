import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { FanTotal } from '../domain/fan-total';
import { rowIdOf, type MonthCounts, type RankedUnit, type RowRef } from '../domain/productivity';
import {
  countedSchema,
  fanTotalSchema,
  productivityRowSchema,
  type CountedDocument,
  type FanTotalDocument,
  type ProductivityRowDocument,
} from './productivity.schema';

/** Names looked for, and rows read, at once. */
const NAMES_MAX = 1_000;

/** What is added to one row. */
export interface RowChange {
  row: RowRef;
  counts: MonthCounts;
  /** Won less lost; null when nobody was either. */
  fanChange: number | null;
}

/** Monthly counts of outlets and circles, and who was counted in them. */
@Injectable()
export class ProductivityRepository {
  private readonly rows: Model<ProductivityRowDocument>;
  private readonly fans: Model<FanTotalDocument>;
  private readonly counted: Model<CountedDocument>;

  constructor(mongo: Mongo) {
    this.rows = mongo.model('ProductivityRow', productivityRowSchema);
    this.fans = mongo.model('ProductivityFans', fanTotalSchema);
    this.counted = mongo.model('ProductivityCounted', countedSchema);
  }

  /** Of names those that were counted. */
  async findCounted(names: readonly string[], tx: Transaction): Promise<Set<string>> {
    const counted = new Set<string>();
    for (let at = 0; at < names.length; at += NAMES_MAX) {
      const filter = { _id: { $in: names.slice(at, at + NAMES_MAX) } };
      const known = await this.counted.find(filter, { _id: 1 }, { session: tx.session }).lean<{ _id: string }[]>();
      for (const { _id } of known) counted.add(_id);
    }
    return counted;
  }

  /** Remembers names as counted that were not before. */
  async addCounted(names: readonly string[], countedAt: Date, tx: Transaction): Promise<void> {
    if (names.length === 0) return;
    await this.counted.insertMany(
      names.map((_id) => ({ _id, countedAt })),
      { session: tx.session },
    );
  }

  async add(changes: readonly RowChange[], tx: Transaction): Promise<void> {
    const rows = changes.filter(({ counts }) => Object.values(counts).some((count) => count !== 0));
    const rowWrites = rows.map(({ row, counts }) => ({
      updateOne: { filter: { _id: rowIdOf(row) }, update: { $set: row, $inc: counts }, upsert: true },
    }));
    const fanWrites = changes.flatMap(({ row: { month, ...unit }, fanChange }) => {
      if (fanChange === null) return [];
      const update = { $set: unit, $inc: { [`changes.${month}`]: fanChange } };
      return [{ updateOne: { filter: { _id: fansIdOf(unit) }, update, upsert: true } }];
    });
    if (rowWrites.length > 0) await this.rows.bulkWrite(rowWrites, { session: tx.session });
    if (fanWrites.length > 0) await this.fans.bulkWrite(fanWrites, { session: tx.session });
  }

  /** What was counted of units in a month, and their fans; nothing of one of which nothing was. */
  async list(
    units: readonly RankedUnit[],
    month: string,
  ): Promise<{ counts: (RowRef & MonthCounts)[]; totals: FanTotal[] }> {
    const counts: (RowRef & MonthCounts)[] = [];
    const totals: FanTotal[] = [];
    for (let at = 0; at < units.length; at += NAMES_MAX) {
      const chunk = units.slice(at, at + NAMES_MAX);
      const [rows, fans] = await Promise.all([
        this.rows
          .find({ _id: { $in: chunk.map((unit) => rowIdOf({ month, ...unit })) } })
          .lean<ProductivityRowDocument[]>(),
        this.fans.find({ _id: { $in: chunk.map(fansIdOf) } }).lean<FanTotalDocument[]>(),
      ]);
      counts.push(...rows.map(withoutId));
      totals.push(...fans.map(withoutId));
    }
    return { counts, totals };
  }
}

const fansIdOf = ({ kind, key }: RankedUnit): string => `${kind}|${key}`;
const withoutId = <T extends { _id: string }>({ _id, ...fields }: T): Omit<T, '_id'> => fields;
