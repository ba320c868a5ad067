import { Injectable } from '@nestjs/common';
import type { BenefitExpiring } from '@tidegate/contracts/benefits/v1/benefits_events';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { CustomersPeer } from '../../customers-peer';
import { expiryMessage } from '../../domain/expiry-message';
import { allowsServiceInApp } from '../../domain/service-consent';
import { MessageRepository } from '../../repositories/message.repository';

/** Puts reminders of expiring benefits into the inboxes of customers who allow service messages there. */
@Injectable()
export class DeliverRemindersUseCase {
  constructor(
    private readonly messages: MessageRepository,
    private readonly customers: CustomersPeer,
    private readonly clock: Clock,
  ) {}

  /** @throws UNAVAILABLE when consents cannot be asked for: the events come again */
  async execute(told: BenefitExpiring[], tx: Transaction): Promise<void> {
    const customerIds = [...new Set(told.map(({ customerId }) => customerId))];
    const allowed = await Promise.all(
      customerIds.map(async (customerId) => allowsServiceInApp(await this.customers.consentsOf(customerId))),
    );
    const reached = new Set(customerIds.filter((_, index) => allowed[index]));
    const now = this.clock.now();
    const messages = told.filter(({ customerId }) => reached.has(customerId)).map((each) => expiryMessage(each, now));
    await this.messages.addMany(messages, tx);
  }
}
