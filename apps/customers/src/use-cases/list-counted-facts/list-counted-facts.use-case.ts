import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { countersOf, factHash, parseRule, seriesSql, type EventCounter } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { requireService } from '../../actor-scope';
import { CustomerCopy } from '../../columnar/customer-copy';

/** More than any one customer can have, and little enough for one message. */
const ROWS_MAX = 20_000;

export interface CountedFacts {
  customerId: string;
  /** Moment, hash and value of each fact. */
  facts: number[];
}

/** What an events condition keeps of customers, page by page, for services that count facts from then on. */
@Injectable()
export class ListCountedFactsUseCase {
  constructor(
    private readonly copy: CustomerCopy,
    private readonly clock: Clock,
  ) {}

  /** @throws SERVICES_ONLY, RULE_INVALID, VALIDATION_FAILED, COPY_BEHIND */
  async execute(
    { rule, afterCustomerId }: { rule?: Record<string, unknown>; afterCustomerId: string },
    actor: Actor,
  ): Promise<{ customers: CountedFacts[]; isEnd: boolean }> {
    requireService(actor);
    const counter = counterIn(rule);
    const store = await this.copy.fresh();
    const sql = seriesSql(counter, { catalog: store.catalog, nowMs: this.clock.now().getTime() });
    const rows = await store.query(`${sql} LIMIT ${ROWS_MAX}`, [afterCustomerId]);
    const facts = new Map<string, number[]>();
    for (const row of rows) {
      const customerId = String(row.customer_id);
      const own = facts.get(customerId) ?? [];
      own.push(Number(row.at_ms), factHash(String(row.event_id)), Number(row.value));
      facts.set(customerId, own);
    }
    const customers = [...facts].map(([customerId, own]) => ({ customerId, facts: own }));
    const isEnd = rows.length < ROWS_MAX;
    // The last customer of a full page may be cut.
    return { customers: isEnd ? customers : customers.slice(0, -1), isEnd };
  }
}

function counterIn(rule: Record<string, unknown> | undefined): EventCounter {
  const parsed = parseRule(rule);
  const [counter] = 'events' in parsed ? countersOf(parsed) : [];
  if (counter === undefined) throw invalid([{ field: 'rule', description: 'must have the key events alone' }]);
  return counter;
}
