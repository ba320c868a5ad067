import { Injectable } from '@nestjs/common';
import { decodeTimeToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Delivery } from '../../domain/delivery';
import { deliveryScopeOf } from '../../domain/delivery-scope';
import { DeliveryRepository } from '../../repositories/delivery.repository';
import type { ListDeliveriesInput } from './list-deliveries.request';

/** Deliveries with their attempts, newest first. */
@Injectable()
export class ListDeliveriesUseCase {
  constructor(private readonly deliveries: DeliveryRepository) {}

  /** @throws PAGE_TOKEN_INVALID */
  async execute(input: ListDeliveriesInput, actor: Actor): Promise<{ deliveries: Delivery[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const token = decodeTimeToken(input.pageToken);
    const filter = {
      channel: input.channel || undefined,
      state: input.state || undefined,
      scope: deliveryScopeOf(actor),
    };
    const after = token && { createdAt: token.at, deliveryId: token.id };
    const deliveries = await this.deliveries.list(filter, limit, after);
    const last = deliveries.length === limit ? deliveries.at(-1) : undefined;
    return {
      deliveries,
      nextPageToken: last ? encodePageToken([last.createdAt.toISOString(), last.deliveryId]) : '',
    };
  }
}
