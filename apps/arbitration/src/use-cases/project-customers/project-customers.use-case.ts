import { Injectable } from '@nestjs/common';
import type { CustomerChanged } from '@tidegate/contracts/customers/v1/customers_events';
import type { Transaction } from '@tidegate/mongo';
import { applyFacts } from '../../domain/customer-projection';
import { toFacts } from '../../engine/customer-message';
import { CustomerWriter, type ProjectionChange } from '../../engine/customer-writer';

/** Keeps the decision facts of customers, in bulk: the highest version wins, and what was written through is never set back. */
@Injectable()
export class ProjectCustomersUseCase {
  constructor(private readonly writer: CustomerWriter) {}

  async execute(events: readonly CustomerChanged[], tx: Transaction): Promise<void> {
    const changes = events.flatMap(({ customer, otherProfiles }): [string, ProjectionChange][] => {
      if (customer === undefined) return [];
      const facts = toFacts(customer, otherProfiles?.customerIds);
      return [[customer.customerId, (state) => applyFacts(state, facts)]];
    });
    await this.writer.changeMany(changes, tx);
  }
}
