import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { Instance, InstanceState } from '../domain/instance';
import { instanceSchema, type InstanceDocument } from './instance.schema';

const WALLET_COUNT_MAX = 10_000;

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

  async addMany(instances: Instance[], tx: Transaction): Promise<void> {
    const documents = instances.map(({ instanceId, ...fields }) => ({ _id: instanceId, ...fields }));
    if (documents.length > 0) await this.instances.collection.insertMany(documents as never[], { session: tx.session });
  }

  /** Writes state and what is left. Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(instances: Instance[], tx: Transaction): Promise<void> {
    if (instances.length === 0) return;
    await this.instances.collection.bulkWrite(
      instances.map(({ instanceId, state, remainingMinor }) => ({
        updateOne: { filter: { _id: instanceId as never }, update: { $set: { state, remainingMinor } } },
      })),
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

  async countWallet(customerId: string): Promise<Record<string, number>> {
    const documents = await this.instances
      .find({ customerId }, { state: 1 })
      .limit(WALLET_COUNT_MAX)
      .lean<Pick<InstanceDocument, 'state'>[]>();
    const counts: Record<string, number> = {};
    for (const { state } of documents) counts[state] = (counts[state] ?? 0) + 1;
    return counts;
  }

  /** Issued instances past their date, oldest first. */
  async listExpired(now: Date, limit: number): Promise<string[]> {
    const documents = await this.instances
      .find({ state: 'issued', expiresAt: { $lte: now } }, { _id: 1 })
      .sort({ expiresAt: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }
}

function toInstance({ _id, ...fields }: InstanceDocument): Instance {
  return { instanceId: _id, ...fields };
}
