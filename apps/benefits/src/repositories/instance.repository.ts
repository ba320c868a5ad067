import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, prepareInsert, type PreparedWrite, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Instance, InstanceState } from '../domain/instance';
import type { Counted, WalletPart } from '../domain/wallet-group';
import { instanceSchema, type InstanceDocument } from './instance.schema';

/** Of one wallet's benefits at most so many are counted. */
export const WALLET_COUNT_MAX = 10_000;
const ROWS_PER_READ = 5_000;
/** States in which a benefit has value. */
const OPEN_STATES: readonly InstanceState[] = ['issued', 'held', 'gifting'];

/** One page of a wallet by expiry. */
interface PartsPage {
  now: Date;
  limit: number;
  isLatestFirst: boolean;
  after?: { expiresAt: Date; instanceId: string };
}

/** What a sweep over expiry dates sees of an instance. */
export type ExpiringInstance = Pick<Instance, 'instanceId' | 'stockId' | 'claimedAt' | 'expiresAt'>;
type ExpiringDocument = Pick<InstanceDocument, '_id' | 'stockId' | 'claimedAt' | 'expiresAt'>;

/** Benefit instances, by id and by wallet. */
@Injectable()
export class InstanceRepository {
  private readonly instances: Model<InstanceDocument>;

  private gathered?: { ids: string[]; found: Promise<Map<string, Instance>> };

  constructor(mongo: Mongo) {
    this.instances = mongo.model('Instance', instanceSchema);
  }

  async find(instanceId: string, tx?: Transaction): Promise<Instance | null> {
    return (await this.findMany([instanceId], tx)).get(instanceId) ?? null;
  }

  /** @throws INSTANCE_NOT_FOUND, also for somebody else's */
  async getOwn(instanceId: string, customerId: string, tx?: Transaction): Promise<Instance> {
    const instance = await this.find(instanceId, tx);
    if (instance?.customerId !== customerId) throw notFound('INSTANCE_NOT_FOUND', 'There is no such benefit.');
    return instance;
  }

  async findMany(instanceIds: string[], tx?: Transaction): Promise<Map<string, Instance>> {
    const documents = await this.instances.collection
      .find({ _id: { $in: instanceIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toInstance(document as unknown as InstanceDocument)]),
    );
  }

  /** Like find, but concurrent look-ups share one query. */
  findGathered(instanceId: string): Promise<Instance | null> {
    this.gathered ??= this.gather();
    this.gathered.ids.push(instanceId);
    return this.gathered.found.then((found) => found.get(instanceId) ?? null);
  }

  addMany(instances: Instance[], tx: Transaction): Promise<void> {
    return this.prepareAdd(instances)(tx);
  }

  /** Sends them when it is called. */
  prepareAdd(instances: Instance[]): PreparedWrite {
    const documents = instances.map(({ instanceId, ...fields }) => ({ _id: instanceId, ...fields }));
    return prepareInsert(this.instances, documents);
  }

  /** Writes state and what is left. Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(instances: Instance[], tx: Transaction): Promise<void> {
    if (instances.length === 0) return;
    await this.instances.collection.bulkWrite(
      instances.map(({ instanceId, state, remainingMinor, promised, takenBack }) => {
        const $set = { state, remainingMinor, promised, ...(takenBack && { takenBack }) };
        return { updateOne: { filter: { _id: instanceId as never }, update: { $set } } };
      }),
      { session: tx.session, ordered: false },
    );
  }

  /** One customer's wallet by expiry; `after` is the last row. */
  async listWallet(
    customerId: string,
    { limit, state, after }: { limit: number; state?: InstanceState; after?: { expiresAt: Date; instanceId: string } },
  ): Promise<Instance[]> {
    const later = after && {
      $or: [{ expiresAt: { $gt: after.expiresAt } }, { expiresAt: after.expiresAt, _id: { $gt: after.instanceId } }],
    };
    const documents = await this.instances
      .find({ customerId, ...(state && { state }), ...later })
      .sort({ expiresAt: 1, _id: 1 })
      .limit(limit)
      .lean<InstanceDocument[]>();
    return documents.map(toInstance);
  }

  private gather(): { ids: string[]; found: Promise<Map<string, Instance>> } {
    const ids: string[] = [];
    const found = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      this.gathered = undefined;
      return this.findMany(ids);
    });
    return { ids, found };
  }

  /** What totals are made of: one customer's instances, WALLET_COUNT_MAX of them when there are more. */
  async listCounted(customerId: string): Promise<{ counted: Counted[]; isCut: boolean }> {
    const found = await this.instances
      .find(
        { customerId },
        { _id: 0, kind: 1, state: 1, expiresAt: 1, faceValueMinor: 1, remainingMinor: 1, currency: 1 },
      )
      .limit(WALLET_COUNT_MAX + 1)
      .lean<Counted[]>();
    return { counted: found.slice(0, WALLET_COUNT_MAX), isCut: found.length > WALLET_COUNT_MAX };
  }

  /** One customer's instances of some states by expiry, each state by its own stretch of the index; `after` is the last row. */
  async listParts(
    customerId: string,
    parts: readonly WalletPart[],
    { now, limit, isLatestFirst, after }: PartsPage,
  ): Promise<Instance[]> {
    const direction = isLatestFirst ? -1 : 1;
    const [next, nextId] = isLatestFirst ? (['$lte', '$lt'] as const) : (['$gte', '$gt'] as const);
    const found = await Promise.all(
      parts.map(({ state, when }) => {
        const expiresAt = {
          ...(when === 'alive' && { $gt: now }),
          ...(when === 'past' && { $lt: justAfter(now) }),
        };
        const from = after && {
          $and: [
            { expiresAt: { [next]: after.expiresAt } },
            { $or: [{ expiresAt: { $ne: after.expiresAt } }, { _id: { [nextId]: after.instanceId } }] },
          ],
        };
        return this.instances
          .find({ customerId, state, ...(when && { expiresAt }), ...from })
          .sort({ expiresAt: direction, _id: direction })
          .limit(limit)
          .lean<InstanceDocument[]>();
      }),
    );
    const inOrder = found.flat().sort((a, b) => direction * byExpiry(a, b));
    return inOrder.slice(0, limit).map(toInstance);
  }

  /** Instances of some states that expire after a row and up to a time, in that order; each state by its own stretch of the index. */
  async listExpiring(
    states: readonly InstanceState[],
    { after, until, limit }: { after: { expiresAt: Date; instanceId: string }; until: Date; limit: number },
  ): Promise<ExpiringInstance[]> {
    const found: ExpiringDocument[] = [];
    for (const state of states) {
      const same = { state, expiresAt: after.expiresAt, _id: { $gt: after.instanceId } };
      for (const filter of [same, { state, expiresAt: { $gt: after.expiresAt, $lt: justAfter(until) } }]) {
        const query = this.instances.find(filter, { stockId: 1, claimedAt: 1, expiresAt: 1 });
        found.push(...(await query.sort({ expiresAt: 1, _id: 1 }).limit(limit).lean<ExpiringDocument[]>()));
      }
    }
    const inOrder = found.sort(byExpiry).slice(0, limit);
    return inOrder.map(({ _id, ...fields }) => ({ instanceId: _id, ...fields }));
  }

  /** How many have value. */
  async countOpen(): Promise<number> {
    const counts = await Promise.all(OPEN_STATES.map((state) => this.instances.collection.countDocuments({ state })));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Every benefit that has value, in no order, as it is when it is read. */
  async *streamOpen(): AsyncGenerator<Instance> {
    for (const state of OPEN_STATES) {
      const cursor = this.instances.collection.find({ state }, { batchSize: ROWS_PER_READ });
      for await (const document of cursor) yield toInstance(document as unknown as InstanceDocument);
    }
  }

  /** All of one customer's that have value. */
  async listOpen(customerId: string, { session }: Transaction): Promise<Instance[]> {
    const found: Instance[] = [];
    for (const state of OPEN_STATES) {
      const documents = await this.instances.collection.find({ customerId, state }, { session }).toArray();
      found.push(...documents.map((document) => toInstance(document as unknown as InstanceDocument)));
    }
    return found;
  }

  /** Issued instances past their date, oldest first. */
  async listExpired(now: Date, limit: number): Promise<string[]> {
    const documents = await this.instances
      .find({ state: 'issued', expiresAt: { $lt: justAfter(now) } }, { _id: 1 })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}

/**
 * The first moment after a time: times are whole milliseconds. A bound of an index that ends with a further field is exclusive, for a
 * database may take an inclusive one to end before the first entry of that time.
 */
const justAfter = (at: Date): Date => new Date(at.getTime() + 1);

type ByExpiry = Pick<InstanceDocument, '_id' | 'expiresAt'>;

const byExpiry = (a: ByExpiry, b: ByExpiry): number =>
  a.expiresAt.getTime() - b.expiresAt.getTime() || (a._id < b._id ? -1 : 1);

function toInstance({ _id, ...fields }: InstanceDocument): Instance {
  const { orgPath, remainingMinor, claimedAt } = fields;
  // What an earlier version stored was promised by its organisation alone.
  const promised = fields.promised ?? [{ funder: 'bank', partyId: orgPath, amountMinor: remainingMinor }];
  // It did not say when what was passed on was claimed first.
  return { instanceId: _id, ...fields, promised, firstClaimedAt: fields.firstClaimedAt ?? claimedAt };
}
