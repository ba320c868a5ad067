import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { ArbitrationPeer } from '../arbitration-peer';
import type { Delivery, MessageText } from '../domain/delivery';
import { settleInInbox } from '../domain/inbox-delivery';
import { createMessage } from '../domain/message';
import { objectionTo } from '../domain/objection';
import { MessageRepository } from '../repositories/message.repository';
import type { ChannelSender, Consignment } from './channel-sender';

/** The customer's inbox in the app: a message is delivered when it is stored, which is not while the channel is quiet. */
@Injectable()
export class AppInboxSender implements ChannelSender {
  readonly channel = 'app';

  constructor(
    private readonly arbitration: ArbitrationPeer,
    private readonly messages: MessageRepository,
  ) {}

  async take(consignments: Consignment[], now: Date, tx: Transaction): Promise<Delivery[]> {
    const settled = consignments.map(({ source: { title, body, benefitStockId }, delivery, objection }) => {
      const text = { title, body, benefitStockId };
      return { text, delivery: settleInInbox(delivery, text, objection, now) };
    });
    return this.store(settled, now, tx);
  }

  /**
   * Messages that waited for the end of quiet hours, as they stand after what speaks against them now.
   * @throws PEER_UNAVAILABLE, PEER_TIMED_OUT when it cannot be asked: they wait on
   */
  async release(waiting: readonly Delivery[], now: Date, tx: Transaction): Promise<Delivery[]> {
    if (waiting.length === 0) return [];
    const objections = await this.arbitration.objectionsTo(waiting.map(({ decisionId }) => decisionId));
    const settled = waiting.flatMap((delivery) => {
      const { text, decisionId } = delivery;
      if (!text) return [];
      return { text, delivery: settleInInbox(delivery, text, objectionTo(decisionId, objections), now) };
    });
    return this.store(settled, now, tx);
  }

  private async store(
    settled: readonly { text: MessageText; delivery: Delivery }[],
    now: Date,
    tx: Transaction,
  ): Promise<Delivery[]> {
    const delivered = settled.filter(({ delivery }) => delivery.state === 'delivered');
    await this.messages.addMany(
      delivered.map(({ text, delivery }) => createMessage(delivery, text, now)),
      tx,
    );
    return settled.map(({ delivery }) => delivery);
  }
}
