import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { compilePredicate, eventWindowDaysMax, parseRule, type Rule, type RulePredicate } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { requireService } from '../../actor-scope';
import { ruleEvent } from '../../columnar/copy-follower';
import { FactRepository } from '../../repositories/fact.repository';
import type { CheckCountsInput } from './check-counts.request';

const DAY_MS = 86_400_000;
const FACTS_MAX = 50_000;
const CUSTOMERS_AT_ONCE = 20;
const FILED_WITHIN_MS = 2_000;
const LOOK_EVERY_MS = 20;

interface Measures {
  predicates: readonly RulePredicate[];
  windowDays: number;
}

/** Whether conditions on past events hold of customers, for services that look for moments of truth. */
@Injectable()
export class CheckCountsUseCase {
  constructor(
    private readonly facts: FactRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * An answer for each question: one for each rule, none at all when the customer has too many facts in the windows to know.
   * @throws SERVICES_ONLY, RULE_INVALID, VALIDATION_FAILED, FACT_NOT_FILED
   */
  async execute({ rules, questions }: CheckCountsInput, actor: Actor): Promise<boolean[][]> {
    requireService(actor);
    const parsed = rules.map(eventsRule);
    const measures: Measures = {
      predicates: parsed.map((rule) => compilePredicate(rule)),
      windowDays: Math.max(...parsed.map((rule) => eventWindowDaysMax(rule))),
    };
    await this.awaitFiled(new Set(questions.map(({ factId }) => factId).filter((factId) => factId !== '')));
    const customerIds = [...new Set(questions.map(({ customerId }) => customerId))];
    const answers = new Map<string, boolean[]>();
    for (let from = 0; from < customerIds.length; from += CUSTOMERS_AT_ONCE) {
      const part = customerIds.slice(from, from + CUSTOMERS_AT_ONCE);
      const found = await Promise.all(part.map((customerId) => this.check(customerId, measures)));
      part.forEach((customerId, at) => answers.set(customerId, found[at] ?? []));
    }
    return questions.map(({ customerId }) => answers.get(customerId) ?? []);
  }

  private async check(customerId: string, { predicates, windowDays }: Measures): Promise<boolean[]> {
    const now = this.clock.now();
    const after = new Date(now.getTime() - windowDays * DAY_MS - 1);
    const facts = await this.facts.listSince(customerId, after, FACTS_MAX + 1);
    if (facts.length > FACTS_MAX) return [];
    const customer = { attributes: {}, events: facts.map(ruleEvent) };
    return predicates.map((holds) => holds(customer, now));
  }

  /** Facts are filed a moment after they were accepted. */
  private async awaitFiled(factIds: ReadonlySet<string>): Promise<void> {
    if (factIds.size === 0) return;
    const until = Date.now() + FILED_WITHIN_MS;
    for (;;) {
      const filed = await this.facts.findIds([...factIds]);
      if (filed.size === factIds.size) return;
      if (Date.now() > until) throw notFiled();
      await delay(LOOK_EVERY_MS);
    }
  }
}

const notFiled = (): DomainError =>
  new DomainError({
    code: 'UNAVAILABLE',
    reason: 'FACT_NOT_FILED',
    message: 'A fact is not filed with its customer yet. Try again shortly.',
    retryAfterMs: 1_000,
  });

function eventsRule(rule: Record<string, unknown>, at: number): Rule {
  const parsed = parseRule(rule);
  if ('events' in parsed) return parsed;
  throw invalid([{ field: `rules.${at}`, description: 'must have the key events alone' }]);
}
