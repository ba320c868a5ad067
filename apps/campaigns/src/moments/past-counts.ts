import { Inject, Injectable } from '@nestjs/common';
import { continueTrace, currentContext, runInContext, type Actor } from '@tidegate/observability';
import type { EventsCondition } from '@tidegate/rules';
import { CUSTOMERS_CLIENT, type CustomersClient } from '../peers/peers';

const QUESTIONS_PER_CALL = 200;
const SELF: Actor = { id: 'campaigns', kind: 'service', roles: [], orgPath: '' };

export interface CountsQuestion {
  customerId: string;
  /** Counted with the others however soon it is asked; empty for none. */
  factId: string;
}

/** What holds of customers' past events: `customers` keeps them. */
@Injectable()
export class PastCounts {
  constructor(@Inject(CUSTOMERS_CLIENT) private readonly client: CustomersClient) {}

  /**
   * For each question which of the conditions hold now; undefined when that is not known, as of a customer with too many facts.
   * @throws FACT_NOT_FILED, PEER_UNAVAILABLE, PEER_TIMED_OUT: to be asked again
   */
  async ask(
    conditions: readonly EventsCondition[],
    questions: readonly CountsQuestion[],
  ): Promise<(readonly boolean[] | undefined)[]> {
    const rules = conditions.map((events) => ({ events }));
    const known: (readonly boolean[] | undefined)[] = [];
    for (let from = 0; from < questions.length; from += QUESTIONS_PER_CALL) {
      const part = questions.slice(from, from + QUESTIONS_PER_CALL);
      const trace = { traceparent: continueTrace(currentContext()?.traceparent), actor: SELF };
      const { answers } = await runInContext(trace, () => this.client.checkCounts({ rules, questions: part }));
      known.push(...part.map((_, at) => (answers[at]?.holds.length === rules.length ? answers[at].holds : undefined)));
    }
    return known;
  }
}
