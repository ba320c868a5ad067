import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { compilePredicate, eventWindowDaysMax, parseRule, type BankDay } from '@tidegate/rules';
import { requireService } from '../../actor-scope';
import { ruleEvent } from '../../columnar/copy-follower';
import { CustomersConfig } from '../../customers.config';
import { utcOffsetMinutes } from '../../domain/bank-zone';
import { momentDays, type KnownFacts, type MomentCondition } from '../../domain/past-moments';
import { ruleCustomer } from '../../domain/rule-facts';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FactRepository } from '../../repositories/fact.repository';
import type { ListPastMomentsInput } from './list-past-moments.request';

const DAY_MS = 86_400_000;
const DAYS_MAX = 40;
const FACTS_MAX = 2_000;
const CUSTOMERS_AT_ONCE = 20;

export interface PastMoments {
  customerId: string;
  rule: number;
  days: BankDay[];
}

/** On which days customers had moments of truth by the facts of the past, for services that play what would have come of them. */
@Injectable()
export class ListPastMomentsUseCase {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly config: CustomersConfig,
  ) {}

  /** @throws SERVICES_ONLY, VALIDATION_FAILED, RULE_INVALID, RULE_SEGMENT_UNKNOWN */
  async execute({ customerIds, rules, since, until }: ListPastMomentsInput, actor: Actor): Promise<PastMoments[]> {
    requireService(actor);
    const days = (until.getTime() - since.getTime()) / DAY_MS;
    if (!(days > 0 && days <= DAYS_MAX)) {
      throw invalid([{ field: 'until', description: `must be after since, by at most ${DAYS_MAX} days` }]);
    }
    const conditions = rules.map((rule, index) => this.conditionOf(rule, `rules.${index}.condition`, until));
    const windowDays = Math.max(...conditions.map((condition) => condition.windowDays));
    const after = new Date(since.getTime() - windowDays * DAY_MS - 1);
    const known = await this.customers.findMany([...new Set(customerIds)]);
    const customers = [...known.values()];
    const at = { since, until, timeZone: this.config.timeZone };
    const found: PastMoments[] = [];
    for (let from = 0; from < customers.length; from += CUSTOMERS_AT_ONCE) {
      const part = customers.slice(from, from + CUSTOMERS_AT_ONCE);
      const facts = await Promise.all(part.map(({ customerId }) => this.factsOf(customerId, after, until)));
      for (const [i, customer] of part.entries()) {
        for (const [rule, condition] of conditions.entries()) {
          const days = momentDays(condition, ruleCustomer(customer), facts[i]!, at);
          if (days.length > 0) found.push({ customerId: customer.customerId, rule, days });
        }
      }
    }
    return found;
  }

  private conditionOf(
    { factType, condition }: ListPastMomentsInput['rules'][number],
    at: string,
    moment: Date,
  ): MomentCondition {
    if (condition === undefined) return { factType, holds: null, windowDays: 0 };
    const rule = parseRule(condition, at);
    const offset = utcOffsetMinutes(this.config.timeZone, moment);
    return {
      factType,
      holds: compilePredicate(rule, { utcOffsetMinutes: offset }),
      windowDays: eventWindowDaysMax(rule),
    };
  }

  /** The newest of them. */
  private async factsOf(customerId: string, after: Date, until: Date): Promise<KnownFacts> {
    const found = await this.facts.listBetween(customerId, after, until, FACTS_MAX + 1);
    const facts = found.slice(0, FACTS_MAX);
    return { facts, isCut: found.length > FACTS_MAX, events: facts.map(ruleEvent) };
  }
}
