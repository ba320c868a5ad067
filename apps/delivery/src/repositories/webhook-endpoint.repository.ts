import { Injectable } from '@nestjs/common';
import { Mongo, withinOrg, type Transaction } from '@tidegate/mongo';
import type { Model } from 'mongoose';
import type { WebhookEndpoint } from '../domain/webhook-endpoint';
import { webhookEndpointSchema, type WebhookEndpointDocument } from './webhook-endpoint.schema';

/** A deployment has few: one per partner. */
const ENDPOINTS_MAX = 1_000;

/** Webhook endpoints; their secrets are stored sealed. */
@Injectable()
export class WebhookEndpointRepository {
  private readonly endpoints: Model<WebhookEndpointDocument>;

  constructor(mongo: Mongo) {
    this.endpoints = mongo.model('WebhookEndpoint', webhookEndpointSchema);
  }

  async find(endpointId: string, tx?: Transaction): Promise<WebhookEndpoint | undefined> {
    return (await this.findMany([endpointId], tx)).get(endpointId);
  }

  async findMany(endpointIds: string[], tx?: Transaction): Promise<Map<string, WebhookEndpoint>> {
    const documents = await this.endpoints.collection
      .find({ _id: { $in: endpointIds as never[] } }, { session: tx?.session })
      .toArray();
    return new Map(
      documents.map((document) => [String(document._id), toEndpoint(document as unknown as WebhookEndpointDocument)]),
    );
  }

  async listAll(tx: Transaction): Promise<WebhookEndpoint[]> {
    const documents = await this.endpoints.collection.find({}, { session: tx.session }).limit(ENDPOINTS_MAX).toArray();
    return documents.map((document) => toEndpoint(document as unknown as WebhookEndpointDocument));
  }

  /** In id order, within an organisation; `after` is the last row. */
  async list(limit: number, { scope, after }: { scope?: string; after?: string }): Promise<WebhookEndpoint[]> {
    const documents = await this.endpoints
      .find({ ...(after && { _id: { $gt: after } }), ...(scope && withinOrg(scope)) })
      .sort({ _id: 1 })
      .limit(limit)
      .lean<WebhookEndpointDocument[]>();
    return documents.map(toEndpoint);
  }

  async save({ endpointId, ...fields }: WebhookEndpoint, tx: Transaction): Promise<void> {
    const document = { _id: endpointId, ...fields };
    await this.endpoints.collection.replaceOne({ _id: endpointId as never }, document as never, {
      session: tx.session,
      upsert: true,
    });
  }

  async deactivate(endpointIds: string[], tx: Transaction): Promise<void> {
    for (const endpointId of endpointIds) {
      const update = { $set: { isActive: false } };
      await this.endpoints.collection.updateOne({ _id: endpointId as never }, update, { session: tx.session });
    }
  }
}

function toEndpoint({ _id, ...fields }: WebhookEndpointDocument): WebhookEndpoint {
  return { endpointId: _id, ...fields };
}
