import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock, ServiceEnv } from '@tidegate/service';
import type { WebhookEndpoint } from '../../domain/webhook-endpoint';
import { WebhookEndpointRepository } from '../../repositories/webhook-endpoint.repository';
import { newWebhookSecret, seal, unseal } from '../../senders/secret-box';
import { checkWebhookUrl } from '../../senders/url-policy';
import type { PutWebhookEndpointInput } from './put-webhook-endpoint.request';

/** Sets up where an organisation receives webhooks. The secret is made once, and given out only by this call. */
@Injectable()
export class PutWebhookEndpointUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly endpoints: WebhookEndpointRepository,
    private readonly clock: Clock,
    private readonly env: ServiceEnv,
  ) {}

  /** @throws WEBHOOK_URL_NOT_ALLOWED, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute(
    { requestId, endpoint: input }: PutWebhookEndpointInput,
    actor: Actor,
  ): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
    requireOrgScope(actor, input.orgPath);
    checkWebhookUrl(input.url, !this.env.isProduction);
    const key = this.env.keys.fieldEncryption;
    // What is remembered for a repeat holds the secret sealed, like the endpoint itself.
    const endpoint = await this.mongo.once({ scope: 'put-webhook-endpoint', requestId, input }, async (tx) => {
      const endpointId = input.endpointId || newId();
      const before = await this.endpoints.find(endpointId, tx);
      if (before) requireOrgScope(actor, before.orgPath);
      const saved: WebhookEndpoint = {
        ...input,
        endpointId,
        sealedSecret: before?.sealedSecret ?? seal(newWebhookSecret(), key, endpointId),
        createdAt: before?.createdAt ?? this.clock.now(),
      };
      await this.endpoints.save(saved, tx);
      return saved;
    });
    return { endpoint, secret: unseal(endpoint.sealedSecret, key, endpoint.endpointId) };
  }
}
