import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookEndpointRepository } from '../../repositories/webhook-endpoint.repository';

/** Endpoints of the actor's organisation and below, in id order. */
@Injectable()
export class ListWebhookEndpointsUseCase {
  constructor(private readonly endpoints: WebhookEndpointRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    page: { pageSize: number; pageToken: string },
  ): Promise<{ endpoints: WebhookEndpoint[]; nextPageToken: string }> {
    const limit = pageSize(page.pageSize, { max: 200, fallback: 50 });
    const [after] = decodePageToken(page.pageToken) ?? [];
    const scope = actor.kind === 'staff' ? actor.orgPath : undefined;
    const endpoints = await this.endpoints.list(limit, { scope, after });
    const last = endpoints.length === limit ? endpoints.at(-1) : undefined;
    return { endpoints, nextPageToken: last ? encodePageToken([last.endpointId]) : '' };
  }
}
