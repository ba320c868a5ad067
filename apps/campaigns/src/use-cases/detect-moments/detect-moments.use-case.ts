import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { ruleCustomer, UNKNOWN_CUSTOMER } from '../../domain/customer-facts';
import { momentIdOf, type Moment } from '../../domain/moment';
import type { Fact, ThresholdRule } from '../../domain/threshold-moment';
import { MomentFiring } from '../../moments/moment-firing';
import { MomentRuleCatalogue } from '../../moments/moment-rule-catalogue';
import { CustomerRepository } from '../../repositories/customer.repository';

interface OpenQuestion {
  rule: ThresholdRule;
  fact: Fact;
}

/**
 * Finds the moments of truth in a batch of facts. Most facts are decided in memory; customers are read, all at once, only for
 * those that a rule cannot decide by the fact alone. One who is not known yet counts as one of whom nothing is known.
 */
@Injectable()
export class DetectMomentsUseCase {
  constructor(
    private readonly catalogue: MomentRuleCatalogue,
    private readonly customers: CustomerRepository,
    private readonly firing: MomentFiring,
    private readonly clock: Clock,
  ) {}

  /** How many moments fired. */
  async execute(facts: readonly Fact[], tx: Transaction): Promise<number> {
    const found: Moment[] = [];
    const open: OpenQuestion[] = [];
    for (const fact of facts) {
      for (const rule of this.catalogue.thresholdRulesOf(fact.factType)) {
        const verdict = rule.screen(fact);
        if (verdict === 'fires') found.push(momentOf(rule, fact));
        else if (verdict === 'ask') open.push({ rule, fact });
      }
    }
    found.push(...(await this.ask(open, tx)));
    return this.firing.run(found, this.clock.now(), 'threshold', tx);
  }

  private async ask(open: readonly OpenQuestion[], tx: Transaction): Promise<Moment[]> {
    if (open.length === 0) return [];
    const customers = await this.customers.findMany([...new Set(open.map(({ fact }) => fact.customerId))], tx);
    return open.flatMap(({ rule, fact }) => {
      const customer = customers.get(fact.customerId);
      const isMatch = rule.matches(fact, customer === undefined ? UNKNOWN_CUSTOMER : ruleCustomer(customer));
      return isMatch ? [momentOf(rule, fact)] : [];
    });
  }
}

const momentOf = (rule: ThresholdRule, fact: Fact): Moment => ({
  momentId: momentIdOf(rule.key, fact.factId, fact.customerId),
  ruleKey: rule.key,
  strategyId: rule.strategyId,
  ruleId: rule.ruleId,
  customerId: fact.customerId,
  actionIds: rule.actionIds,
  factId: fact.factId,
  factData: fact.data,
  acceptedAt: fact.acceptedAt,
  cooldownDays: rule.cooldownDays,
});
