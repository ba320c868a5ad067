import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { customerChanged } from '../../customers.message';
import { applyFacts, touchesProfile } from '../../domain/behaviour';
import { changed, type Customer } from '../../domain/customer';
import type { Fact } from '../../domain/fact';
import { IntakeLimit } from '../../intake/intake-limit';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FactRepository } from '../../repositories/fact.repository';
import { FeedRepository } from '../../repositories/feed.repository';

/** While events pour in, accepting them comes first. */
const YIELD_MS_MAX = 1_000;

/** Files facts with their customers and takes them into the profiles, each once: one change per customer and batch. */
@Injectable()
export class UpdateProfilesUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly feed: FeedRepository,
    private readonly intake: IntakeLimit,
  ) {}

  async execute(facts: readonly Fact[], tx: Transaction): Promise<void> {
    await this.intake.yieldToCalls(YIELD_MS_MAX);
    const fresh = await this.file(facts, tx);
    const byCustomer = new Map<string, Fact[]>();
    for (const fact of fresh.filter(touchesProfile)) {
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

  /** Those that were new. The first try expects all of them to be; a duplicate key makes the next one look. */
  private async file(facts: readonly Fact[], tx: Transaction): Promise<Fact[]> {
    const told = new Map(facts.map((fact) => [fact.factId, fact]));
    const taken = tx.attempt === 1 ? new Set<string>() : await this.facts.findIds([...told.keys()], tx);
    const fresh = [...told.values()].filter(({ factId }) => !taken.has(factId));
    await this.facts.addMany(fresh, tx);
    return fresh;
  }
}
