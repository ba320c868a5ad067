import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { deliveryNotFound, type Delivery } from '../../domain/delivery';
import { deliveryScopeOf } from '../../domain/delivery-scope';
import { DeliveryRepository } from '../../repositories/delivery.repository';

@Injectable()
export class GetDeliveryUseCase {
  constructor(private readonly deliveries: DeliveryRepository) {}

  /** @throws DELIVERY_NOT_FOUND (also outside the actor's organisation) */
  async execute(deliveryId: string, actor: Actor): Promise<Delivery> {
    const delivery = await this.deliveries.find(deliveryId);
    const scope = deliveryScopeOf(actor);
    if (!delivery || (scope && !isAtOrBelow(delivery.orgPath, scope))) throw deliveryNotFound(deliveryId);
    return delivery;
  }
}
