import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/delivery/v1/delivery';
import { DomainError } from '@tidegate/errors';
import { actorOf, GrpcController, requireSelf, validated, type Handlers } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { Delivery } from './domain/delivery';
import { GetDeliveryUseCase } from './use-cases/get-delivery/get-delivery.use-case';
import { ListDeliveriesInput } from './use-cases/list-deliveries/list-deliveries.request';
import { ListDeliveriesUseCase } from './use-cases/list-deliveries/list-deliveries.use-case';
import { ListInboxInput } from './use-cases/list-inbox/list-inbox.request';
import { ListInboxUseCase } from './use-cases/list-inbox/list-inbox.use-case';
import { ListWebhookEndpointsUseCase } from './use-cases/list-webhook-endpoints/list-webhook-endpoints.use-case';
import { MarkMessageInput } from './use-cases/mark-message/mark-message.request';
import { MarkMessageUseCase } from './use-cases/mark-message/mark-message.use-case';
import { PutWebhookEndpointInput } from './use-cases/put-webhook-endpoint/put-webhook-endpoint.request';
import { PutWebhookEndpointUseCase } from './use-cases/put-webhook-endpoint/put-webhook-endpoint.use-case';

type Rpcs = Handlers<typeof rpc.DeliveryServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.DeliveryServiceService)
export class DeliveryController implements Rpcs {
  constructor(
    private readonly listInboxUseCase: ListInboxUseCase,
    private readonly markMessageUseCase: MarkMessageUseCase,
    private readonly putWebhookEndpointUseCase: PutWebhookEndpointUseCase,
    private readonly listWebhookEndpointsUseCase: ListWebhookEndpointsUseCase,
    private readonly listDeliveriesUseCase: ListDeliveriesUseCase,
    private readonly getDeliveryUseCase: GetDeliveryUseCase,
  ) {}

  async listInbox(request: rpc.ListInboxRequest, metadata: Metadata): Promise<rpc.ListInboxResponse> {
    const input = validated(ListInboxInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return this.listInboxUseCase.execute(input);
  }

  async markMessage(request: rpc.MarkMessageRequest, metadata: Metadata): Promise<rpc.MarkMessageResponse> {
    const input = validated(MarkMessageInput, request);
    requireSelf(actorOf(metadata), input.customerId);
    return { message: await this.markMessageUseCase.execute(input) };
  }

  async putWebhookEndpoint(
    request: rpc.PutWebhookEndpointRequest,
    metadata: Metadata,
  ): Promise<rpc.PutWebhookEndpointResponse> {
    return this.putWebhookEndpointUseCase.execute(validated(PutWebhookEndpointInput, request), staffOf(metadata));
  }

  async listWebhookEndpoints(
    request: rpc.ListWebhookEndpointsRequest,
    metadata: Metadata,
  ): Promise<rpc.ListWebhookEndpointsResponse> {
    return this.listWebhookEndpointsUseCase.execute(staffOf(metadata), request);
  }

  async listDeliveries(request: rpc.ListDeliveriesRequest, metadata: Metadata): Promise<rpc.ListDeliveriesResponse> {
    const input = validated(ListDeliveriesInput, request);
    const { deliveries, nextPageToken } = await this.listDeliveriesUseCase.execute(input, staffOf(metadata));
    return { deliveries: deliveries.map(withNextAttempt), nextPageToken };
  }

  async getDelivery(request: rpc.GetDeliveryRequest, metadata: Metadata): Promise<rpc.GetDeliveryResponse> {
    return { delivery: withNextAttempt(await this.getDeliveryUseCase.execute(request.deliveryId, staffOf(metadata))) };
  }
}

const withNextAttempt = (delivery: Delivery): rpc.Delivery => ({
  ...delivery,
  nextAttemptAt: delivery.dueAt ?? delivery.queuedUntil,
});

/** Receipts and endpoints are the bank's own. @throws ACTOR_MISSING, STAFF_ONLY */
function staffOf(metadata: Metadata): Actor {
  const actor = actorOf(metadata);
  if (actor.kind === 'staff' || actor.kind === 'service') return actor;
  throw new DomainError({ code: 'PERMISSION_DENIED', reason: 'STAFF_ONLY', message: 'Only staff may do this.' });
}
