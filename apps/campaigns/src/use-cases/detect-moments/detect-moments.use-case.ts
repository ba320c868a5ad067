import { Injectable } from '@nestjs/common';
import type { Transaction } from '@tidegate/mongo';
import type { RuleCustomer } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { ruleCustomer, UNKNOWN_CUSTOMER } from '../../domain/customer-facts';
import { momentIdOf, type Moment } from '../../domain/moment';
import type { Fact, ThresholdRule } from '../../domain/threshold-moment';
import { MomentFiring } from '../../moments/moment-firing';
import { PastCounts } from '../../moments/past-counts';
import { MomentRuleCatalogue } from '../../moments/moment-rule-catalogue';
import { CustomerRepository } from '../../repositories/customer.repository';

interface OpenQuestion {
  rule: ThresholdRule;
  fact: Fact;
}

interface OpenCount extends OpenQuestion {
  customer: RuleCustomer;
}

/**
 * Finds the moments of truth in a batch of facts. Most facts are decided in memory; customers are read, all at once, only for
 * those that a rule cannot decide by the fact alone. One who is not known yet counts as one of whom nothing is known. Past events are
 * asked about last, of those whom all else leaves open; where they are not known the rule is silent.
 */
@Injectable()
export class DetectMomentsUseCase {
  constructor(
    private readonly catalogue: MomentRuleCatalogue,
    private readonly customers: CustomerRepository,
    private readonly counts: PastCounts,
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
    const found: Moment[] = [];
    const uncounted = new Map<ThresholdRule, OpenCount[]>();
    for (const { rule, fact } of open) {
      const known = customers.get(fact.customerId);
      const customer = known === undefined ? UNKNOWN_CUSTOMER : ruleCustomer(known);
      const verdict = rule.judge(fact, customer);
      if (verdict === 'fires') found.push(momentOf(rule, fact));
      else if (verdict === 'ask') uncounted.set(rule, [...(uncounted.get(rule) ?? []), { rule, fact, customer }]);
    }
    for (const [rule, questions] of uncounted) found.push(...(await this.count(rule, questions)));
    return found;
  }

  private async count(rule: ThresholdRule, questions: readonly OpenCount[]): Promise<Moment[]> {
    const facts = questions.map(({ fact: { customerId, factId } }) => ({ customerId, factId }));
    const held = await this.counts.ask(rule.counted, facts);
    return questions.flatMap(({ fact, customer }, at) =>
      rule.judge(fact, customer, held[at]) === 'fires' ? [momentOf(rule, fact)] : [],
    );
  }
}

const momentOf = (rule: ThresholdRule, fact: Fact): Moment => ({
  momentId: momentIdOf(rule.key, fact.factId, fact.customerId),
  ruleKey: rule.key,
  strategyId: rule.strategyId,
  strategyRevision: rule.strategyRevision,
  ruleId: rule.ruleId,
  customerId: fact.customerId,
  actionIds: rule.actionIds,
  factId: fact.factId,
  factData: fact.data,
  acceptedAt: fact.acceptedAt,
  cooldownDays: rule.cooldownDays,
});
