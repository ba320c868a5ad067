import type { Transaction } from '@tidegate/mongo';
import type { Delivery, DeliveryChannel, DeliverySource } from '../domain/delivery';

/** A new delivery with the decision that it comes from. */
export interface Consignment {
  source: DeliverySource;
  delivery: Delivery;
}

/** One digital channel. */
export interface ChannelSender {
  readonly channel: DeliveryChannel;
  /**
   * Takes new deliveries over, inside the transaction that stores them: finished at once where the channel is our own,
   * pending where a neighbour has to be reached. Only writes of this transaction, because it may run again.
   */
  take(consignments: Consignment[], now: Date, tx: Transaction): Promise<Delivery[]>;
}

export const CHANNEL_SENDERS = Symbol('channel senders');
