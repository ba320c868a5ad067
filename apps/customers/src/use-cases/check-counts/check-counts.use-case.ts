import { Injectable } from '@nestjs/common';
import { DomainError, invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { compilePredicate, eventWindowDaysMax, parseRule, type Rule, type RulePredicate } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { requireService } from '../../actor-scope';
import { ruleEvent } from '../../columnar/copy-follower';
import { isKnownBy, type FiledFact } from '../../domain/fact';
import { FactRepository } from '../../repositories/fact.repository';
import type { CheckCountsInput } from './check-counts.request';

const DAY_MS = 86_400_000;
const FACTS_MAX = 50_000;
const CUSTOMERS_AT_ONCE = 20;

interface Question {
  customerId: string;
  /** The fact at hand; without one all that is known counts. */
  fact?: FiledFact;
  /** The end of the windows. */
  at: Date;
}

interface Measures {
  predicates: readonly RulePredicate[];
  windowMs: number;
}

/** Whether conditions on past events hold of customers, for services that look for moments of truth. */
@Injectable()
export class CheckCountsUseCase {
  constructor(
    private readonly facts: FactRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * An answer for each question: one for each rule, none at all when the customer has too many facts in the windows to know. A fact
   * that is named is counted with what was known when it was filed: of two that come at once only the later one is the second.
   * @throws SERVICES_ONLY, RULE_INVALID, VALIDATION_FAILED, FACT_NOT_FILED
   */
  async execute({ rules, questions }: CheckCountsInput, actor: Actor): Promise<boolean[][]> {
    requireService(actor);
    const parsed = rules.map(eventsRule);
    const measures: Measures = {
      predicates: parsed.map((rule) => compilePredicate(rule)),
      windowMs: Math.max(...parsed.map((rule) => eventWindowDaysMax(rule))) * DAY_MS,
    };
    const asked = await this.lookUp(questions);
    const byCustomer = new Map<string, Question[]>();
    for (const question of asked) {
      byCustomer.set(question.customerId, [...(byCustomer.get(question.customerId) ?? []), question]);
    }
    const groups = [...byCustomer.values()];
    const answers = new Map<Question, boolean[]>();
    for (let from = 0; from < groups.length; from += CUSTOMERS_AT_ONCE) {
      const part = groups.slice(from, from + CUSTOMERS_AT_ONCE);
      await Promise.all(part.map((group) => this.answer(group, measures, answers)));
    }
    return asked.map((question) => answers.get(question) ?? []);
  }

  private async lookUp(questions: CheckCountsInput['questions']): Promise<Question[]> {
    const now = this.clock.now();
    const filed = await this.facts.findMany(questions.map(({ factId }) => factId).filter((factId) => factId !== ''));
    return questions.map(({ customerId, factId }) => {
      if (factId === '') return { customerId, at: now };
      const fact = filed.get(factId);
      if (!fact) throw notFiled();
      // A sender's clock may be ahead of ours: the fact at hand always counts.
      return { customerId, fact, at: new Date(Math.max(fact.filedAt.getTime(), fact.occurredAt.getTime())) };
    });
  }

  /** Answers the questions about one customer; none when there are too many facts. */
  private async answer(
    questions: readonly Question[],
    { predicates, windowMs }: Measures,
    answers: Map<Question, boolean[]>,
  ): Promise<void> {
    const earliestMs = Math.min(...questions.map(({ at }) => at.getTime()));
    const after = new Date(earliestMs - windowMs - 1);
    const facts = await this.facts.listSince(questions[0]!.customerId, after, FACTS_MAX + 1);
    if (facts.length > FACTS_MAX) return;
    for (const question of questions) {
      const { fact, at } = question;
      const known = fact ? facts.filter((each) => isKnownBy(each, fact)) : facts;
      const customer = { attributes: {}, events: known.map(ruleEvent) };
      answers.set(
        question,
        predicates.map((holds) => holds(customer, at)),
      );
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
