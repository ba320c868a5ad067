import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { customerChanged } from '../../customers.message';
import { applyFacts, touchesProfile } from '../../domain/behaviour';
import { changed, type Customer } from '../../domain/customer';
import type { Fact } from '../../domain/fact';
import { IntakeLimit } from '../../intake/intake-limit';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FeedRepository } from '../../repositories/feed.repository';

/** While events pour in, accepting them comes first. */
const YIELD_MS_MAX = 1_000;

/** Takes facts into the profiles: one change per customer and batch. */
@Injectable()
export class UpdateProfilesUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly feed: FeedRepository,
    private readonly intake: IntakeLimit,
  ) {}

  async execute(facts: readonly Fact[], tx: Transaction): Promise<void> {
    await this.intake.yieldToFlood(YIELD_MS_MAX);
    const byCustomer = new Map<string, Fact[]>();
    for (const fact of facts.filter(touchesProfile)) {
      const list = byCustomer.get(fact.customerId);
      if (list) list.push(fact);
      else byCustomer.set(fact.customerId, [fact]);
    }
    if (byCustomer.size === 0) return;
    const customers = await this.customers.findMany([...byCustomer.keys()], tx);
    const updated: Customer[] = [];
    for (const customer of customers.values()) {
      const change = applyFacts(customer, byCustomer.get(customer.customerId) ?? []);
      if (change) updated.push(changed(customer, change));
    }
    await this.customers.saveMany(updated, tx);
    await this.feed.write(tx);
    for (const customer of updated) tx.emit(customerChanged(customer));
  }
}
