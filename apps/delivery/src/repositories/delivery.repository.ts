import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import {
  DELIVERY_CHANNELS,
  DELIVERY_STATES,
  type Delivery,
  type DeliveryChannel,
  type DeliveryState,
} from '../domain/delivery';
import { deliverySchema, type DeliveryDocument } from './delivery.schema';

export interface DeliveryFilter {
  channel?: DeliveryChannel;
  state?: DeliveryState;
  /** Only deliveries of endpoints of this organisation and below. */
  scope?: string;
}

/** Deliveries, by id and by when their next attempt is due. */
@Injectable()
export class DeliveryRepository {
  private readonly deliveries: Model<DeliveryDocument>;

  constructor(mongo: Mongo) {
    this.deliveries = mongo.model('Delivery', deliverySchema);
  }

  async find(deliveryId: string): Promise<Delivery | undefined> {
    return (await this.findMany([deliveryId])).get(deliveryId);
  }

  async findMany(deliveryIds: string[], tx?: Transaction): Promise<Map<string, Delivery>> {
    const documents = await this.deliveries.collection
      .find({ _id: { $in: deliveryIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toDelivery(document as unknown as DeliveryDocument)]),
    );
  }

  /** Ids among these that exist already. */
  async findKnown(deliveryIds: string[], tx: Transaction): Promise<Set<string>> {
    const documents = await this.deliveries.collection
      .find({ _id: { $in: deliveryIds as never[] } }, { session: tx.session, projection: { _id: 1 } })
      .toArray();
    return new Set(documents.map((document) => String(document._id)));
  }

  /** Deliveries whose next attempt is due, longest due first. */
  async listDue(now: Date, limit: number): Promise<{ deliveryId: string; endpointId: string }[]> {
    const documents = await this.deliveries
      .find({ dueAt: { $lte: now } }, { endpointId: 1 })
      .sort({ dueAt: 1 })
      .limit(limit)
      .lean<Pick<DeliveryDocument, '_id' | 'endpointId'>[]>();
    return documents.map(({ _id, endpointId }) => ({ deliveryId: _id, endpointId }));
  }

  /** Ids of messages of the inbox that have waited long enough, longest due first. */
  async listQueued(now: Date, limit: number): Promise<string[]> {
    const documents = await this.deliveries
      .find({ queuedUntil: { $lte: now } }, { _id: 1 })
      .sort({ queuedUntil: 1 })
      .limit(limit)
      .lean<{ _id: string }[]>();
    return documents.map(({ _id }) => _id);
  }

  /** Newest first; `after` is the last row. */
  async list(
    { channel, state, scope }: DeliveryFilter,
    limit: number,
    after?: { createdAt: Date; deliveryId: string },
  ): Promise<Delivery[]> {
    const older = after && {
      $or: [{ createdAt: { $lt: after.createdAt } }, { createdAt: after.createdAt, _id: { $lt: after.deliveryId } }],
    };
    // With one of the two given the other is spelled out, so that the index of both serves the list.
    const kind = (channel || state) && {
      channel: { $in: channel ? [channel] : [...DELIVERY_CHANNELS] },
      state: { $in: state ? [state] : [...DELIVERY_STATES] },
    };
    const documents = await this.deliveries
      .find({ $and: [{ ...kind, ...older }, scope ? withinOrg(scope) : {}] })
      .sort({ createdAt: -1, _id: -1 })
      .limit(limit)
      .lean<DeliveryDocument[]>();
    return documents.map(toDelivery);
  }

  async addMany(deliveries: Delivery[], tx: Transaction): Promise<void> {
    if (deliveries.length === 0) return;
    await this.deliveries.collection.insertMany(deliveries.map(toDocument) as never[], {
      session: tx.session,
      ignoreUndefined: true,
    });
  }

  /** Writes what attempts, retractions and the gate change. Read in the same transaction: a concurrent change is a write conflict. */
  async saveMany(deliveries: Delivery[], tx: Transaction): Promise<void> {
    if (deliveries.length === 0) return;
    await this.deliveries.collection.bulkWrite(
      deliveries.map(({ deliveryId, state, attempts, leaseId, finishedAt, ...rest }) => ({
        updateOne: {
          filter: { _id: deliveryId as never },
          update: {
            $set: {
              state,
              attempts,
              leaseId,
              retractedReason: rest.retractedReason,
              stoppedReason: rest.stoppedReason,
              ...(finishedAt && { finishedAt }),
              ...(rest.dueAt && { dueAt: rest.dueAt }),
              ...(rest.queuedUntil && { queuedUntil: rest.queuedUntil }),
            },
            // No delivery waits for both.
            $unset: { ...(!rest.dueAt && { dueAt: '' }), ...(!rest.queuedUntil && { queuedUntil: '' }) },
          },
        },
      })),
      { session: tx.session, ordered: false },
    );
  }
}

const toDocument = ({ deliveryId, ...fields }: Delivery): DeliveryDocument => ({ _id: deliveryId, ...fields });

function toDelivery({ _id, ...fields }: DeliveryDocument): Delivery {
  return {
    ...fields,
    deliveryId: _id,
    finishedAt: fields.finishedAt ?? undefined,
    dueAt: fields.dueAt ?? undefined,
    // Deliveries of before there were any.
    retractedReason: fields.retractedReason ?? '',
    reminder: fields.reminder ?? undefined,
    text: fields.text ?? undefined,
    queuedUntil: fields.queuedUntil ?? undefined,
    stoppedReason: fields.stoppedReason ?? '',
  };
}
