import type * as rpc from '@tidegate/contracts/delivery/v1/delivery';
import { shown } from '../../http/shown';

export class DeliveryAttempt implements rpc.DeliveryAttempt {
  @shown.time() at!: Date | undefined;
  @shown.whole('HTTP status, 0 when no answer came.') status!: number;
  @shown.text() error!: string;
}

export class Delivery implements rpc.Delivery {
  @shown.text() deliveryId!: string;
  @shown.text('Empty for a service message that no strategy decided, such as a reminder.') decisionId!: string;
  @shown.text() customerId!: string;
  @shown.text('app, webhook.') channel!: string;
  @shown.text('pending, delivered, failed, retracted, stopped.') state!: string;
  @shown.parts(() => DeliveryAttempt) attempts!: DeliveryAttempt[];
  @shown.time() createdAt!: Date | undefined;
  @shown.time() finishedAt!: Date | undefined;
  @shown.time() nextAttemptAt!: Date | undefined;
  @shown.text('Why its decision was retracted 撤回 before it was sent; empty when it was not.')
  retractedReason!: string;
  @shown.text('Why the contact policy or a consent let a service message not go out; empty when it did.')
  stoppedReason!: string;
}

export class ListDeliveriesResponse implements rpc.ListDeliveriesResponse {
  @shown.parts(() => Delivery) deliveries!: Delivery[];
  @shown.text() nextPageToken!: string;
}

export class GetDeliveryResponse implements rpc.GetDeliveryResponse {
  @shown.part(() => Delivery) delivery!: Delivery | undefined;
}
