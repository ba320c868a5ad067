import type { Transaction } from '@tidegate/mongo';
import type { Delivery, DeliveryChannel, DeliverySource } from '../domain/delivery';
import type { Objection } from '../domain/objection';

/** A new delivery with the decision that it comes from. */
export interface Consignment {
  source: DeliverySource;
  delivery: Delivery;
  /** What speaks against sending it now, but that it was retracted: such a one is not handed to a sender. */
  objection?: Objection;
}

/** One digital channel. */
export interface ChannelSender {
  readonly channel: DeliveryChannel;
  /**
   * Takes new deliveries over, inside the transaction that stores them: finished at once where the channel is our own and not quiet,
   * pending where a neighbour has to be reached, which is asked about before each attempt. Only writes of this transaction, because it may run again.
   */
  take(consignments: Consignment[], now: Date, tx: Transaction): Promise<Delivery[]>;
}

export const CHANNEL_SENDERS = Symbol('channel senders');
