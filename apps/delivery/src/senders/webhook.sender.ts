import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { failUnsent, type Delivery } from '../domain/delivery';
import { chooseEndpoint } from '../domain/webhook-endpoint';
import { webhookPayload } from '../domain/webhook-payload';
import { WebhookEndpointRepository } from '../repositories/webhook-endpoint.repository';
import type { ChannelSender, Consignment } from './channel-sender';

/** Partners' webhooks: where it goes and what it says are fixed here, `SendWebhooksUseCase` sends it. */
@Injectable()
export class WebhookSender implements ChannelSender {
  readonly channel = 'webhook';

  constructor(private readonly endpoints: WebhookEndpointRepository) {}

  async take(consignments: Consignment[], now: Date, tx: Transaction): Promise<Delivery[]> {
    const endpoints = await this.endpoints.listAll(tx);
    return consignments.map(({ source, delivery }) => {
      const endpoint = chooseEndpoint(endpoints, source);
      if (!endpoint) return failUnsent(delivery, 'NO_ENDPOINT', now);
      const { endpointId, orgPath } = endpoint;
      return { ...delivery, endpointId, orgPath, payload: webhookPayload(source) };
    });
  }
}
