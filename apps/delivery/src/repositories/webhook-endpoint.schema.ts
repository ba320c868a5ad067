import { Schema } from 'mongoose';
import type { WebhookEndpoint } from '../domain/webhook-endpoint';

export interface WebhookEndpointDocument extends Omit<WebhookEndpoint, 'endpointId'> {
  _id: string;
}

export const webhookEndpointSchema = new Schema<WebhookEndpointDocument>(
  {
    _id: String,
    url: { type: String, required: true },
    orgPath: { type: String, required: true },
    isActive: { type: Boolean, required: true },
    sealedSecret: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'webhook_endpoints', versionKey: false },
);
