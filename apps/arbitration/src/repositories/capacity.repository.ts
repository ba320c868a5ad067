import { Injectable } from '@nestjs/common';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import { capacityId, DEFAULT_SLOT, isDay, poolOf, poolsOfOwner, type Capacity, type Owner } from '../domain/capacity';
import { CapacityBook } from '../domain/capacity-book';
import type { CapacityWindow } from '../domain/capacity-window';
import type { PromiseBook } from '../domain/promise-book';
import type { QuotaBook } from '../domain/quota-book';
import { ScarceBook } from '../domain/scarce-book';
import { ShiftRepository } from '../shifts/repositories/shift.repository';
import { capacitySchema, quotaSchema, type CapacityDocument, type QuotaDocument } from './capacity.schema';

/** What a batch of decisions may spend. */
export interface BookRequest {
  queues: ReadonlySet<string>;
  window: CapacityWindow;
  /** Who looks after customers of the batch: of those who work in a queue their own units are wanted. */
  owners?: readonly Owner[];
  /** Strategies that have a quota. */
  strategyIds: ReadonlySet<string>;
  /** Quotas that strategies share, opened in the same transaction. */
  quotas?: QuotaBook;
  /** What a push may promise of benefit stocks, opened likewise. */
  promises?: PromiseBook;
}

/** Human capacity and quotas: documents that concurrent decisions compete for. */
@Injectable()
export class CapacityRepository {
  private readonly capacities: Model<CapacityDocument>;
  private readonly quotas: Model<QuotaDocument>;

  constructor(
    mongo: Mongo,
    private readonly shifts: ShiftRepository,
  ) {
    this.capacities = mongo.model('Capacity', capacitySchema);
    this.quotas = mongo.model('Quota', quotaSchema);
  }

  async findMany(ids: readonly string[], tx?: Transaction): Promise<Map<string, Capacity>> {
    if (ids.length === 0) return new Map();
    const documents = await this.capacities.collection
      .find({ _id: { $in: ids as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toCapacity(document as unknown as CapacityDocument)]),
    );
  }

  async list(queue: string, limit: number, after: string): Promise<Capacity[]> {
    // One range over ids: they begin with the queue, and "}" is the character after "|".
    const range = queue === '' ? { $gt: after } : { $gt: after || `${queue}|`, $lt: `${queue}}` };
    const documents = await this.capacities
      .find({ _id: range })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<CapacityDocument[]>();
    return documents.map(toCapacity);
  }

  /** What the batch may spend, read in its transaction. */
  async openBook({ strategyIds, quotas, promises, ...wanted }: BookRequest, tx?: Transaction): Promise<ScarceBook> {
    const capacity = await this.openCapacity(wanted, tx);
    return new ScarceBook(capacity, await this.findChosenCounts([...strategyIds], tx), quotas, promises);
  }

  /** Human capacity alone; `ids` are held beside it, to be counted in. */
  async openCapacity(
    { queues, window, owners = [] }: Pick<BookRequest, 'queues' | 'window' | 'owners'>,
    tx?: Transaction,
    ids: readonly string[] = [],
  ): Promise<CapacityBook> {
    const slots = [...new Set([...window.slots.flat(), DEFAULT_SLOT])];
    const found = await this.findMany(
      [...[...queues].flatMap((queue) => slots.map((slot) => capacityId(queue, slot))), ...ids],
      tx,
    );
    const beginning = [...queues].filter((queue) => window.slots.some((choice) => beginsDay(queue, choice, found)));
    const planned = await this.shifts.findPlanned(beginning, tx);
    const inForce = new Map<string, string[]>();
    for (const queue of queues) {
      const capacities = window.slots.flatMap((choice) => {
        const isOfShifts = planned.has(queue) && beginsDay(queue, choice, found);
        return isOfShifts ? [] : (capacityOf(queue, choice, found) ?? []);
      });
      for (const capacity of capacities) found.set(capacityId(queue, capacity.slot), capacity);
      inForce.set(queue, [...new Set(capacities.map(({ slot }) => slot))]);
    }
    for (const [id, capacity] of await this.findOwn(inForce, found, owners, tx)) found.set(id, capacity);
    return new CapacityBook(found, inForce, window.from);
  }

  /** People and teams with units of their own in queues that shifts gave, and the teams of those people. */
  private async findOwn(
    inForce: ReadonlyMap<string, readonly string[]>,
    found: ReadonlyMap<string, Capacity>,
    owners: readonly Owner[],
    tx?: Transaction,
  ): Promise<Map<string, Capacity>> {
    const days = [...inForce].flatMap(([queue, slots]) =>
      slots.flatMap((slot) => (found.get(capacityId(queue, slot))?.parts === undefined ? [] : { queue, slot })),
    );
    const ids = days.flatMap(({ queue, slot }) =>
      owners.flatMap((owner) => poolsOfOwner(queue, owner)).map((pool) => capacityId(pool, slot)),
    );
    const own = await this.findMany([...new Set(ids)], tx);
    const teams = [...own.values()].flatMap(({ queue, slot, team }) =>
      team ? capacityId(poolOf(queue.slice(0, queue.indexOf('@')), 'team', team), slot) : [],
    );
    const others = teams.filter((id) => !own.has(id));
    return new Map([...own, ...(await this.findMany([...new Set(others)], tx))]);
  }

  /** Writes what the batch spent. A slot that two batches begin at once is a duplicate key, which runs one of them again. */
  async closeBook(book: ScarceBook, tx: Transaction): Promise<void> {
    await this.saveMany(book.capacity.toSave, tx);
    await this.saveChosenCounts(
      new Map([...book.changedQuotas].map((strategyId) => [strategyId, book.chosenCountOf(strategyId)])),
      tx,
    );
  }

  async saveMany(capacities: readonly Capacity[], tx: Transaction): Promise<void> {
    if (capacities.length === 0) return;
    const operations = capacities.map((capacity) => ({
      updateOne: {
        filter: { _id: capacityId(capacity.queue, capacity.slot) as never },
        update: { $set: capacity },
        upsert: true,
      },
    }));
    await this.capacities.collection.bulkWrite(operations, { session: tx.session, ordered: false });
  }

  async findChosenCounts(strategyIds: readonly string[], tx?: Transaction): Promise<Map<string, number>> {
    if (strategyIds.length === 0) return new Map();
    const documents = await this.quotas.collection
      .find({ _id: { $in: strategyIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(documents.map((document) => [String(document._id), Number(document.chosenCount)]));
  }

  async saveChosenCounts(counts: ReadonlyMap<string, number>, tx: Transaction): Promise<void> {
    if (counts.size === 0) return;
    const operations = [...counts].map(([strategyId, chosenCount]) => ({
      updateOne: { filter: { _id: strategyId as never }, update: { $set: { chosenCount } }, upsert: true },
    }));
    await this.quotas.collection.bulkWrite(operations, { session: tx.session, ordered: false });
  }
}

/** Whether the default units would begin a day here: of a queue with shifts they must not, for then its shifts could not plan the day any more. */
const beginsDay = (queue: string, slots: readonly string[], found: ReadonlyMap<string, Capacity>): boolean =>
  isDay(slots[0] ?? '') &&
  found.has(capacityId(queue, DEFAULT_SLOT)) &&
  !slots.some((slot) => found.has(capacityId(queue, slot)));

/** The slot in force: the first that exists, else a new one with the default units. */
function capacityOf(
  queue: string,
  slots: readonly string[],
  found: ReadonlyMap<string, Capacity>,
): Capacity | undefined {
  for (const slot of slots) {
    const capacity = found.get(capacityId(queue, slot));
    if (capacity !== undefined) return capacity;
  }
  const [first] = slots;
  const standard = found.get(capacityId(queue, DEFAULT_SLOT));
  if (standard === undefined || first === undefined) return undefined;
  return { queue, slot: first, units: standard.units, reserved: 0, used: 0 };
}

const toCapacity = ({ _id, ...capacity }: CapacityDocument): Capacity => capacity;
