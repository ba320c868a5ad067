import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { compilePredicate, eventWindowDaysMax } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { ruleEvent } from '../../columnar/copy-follower';
import { CustomersConfig } from '../../customers.config';
import { utcOffsetMinutes } from '../../domain/bank-zone';
import { ruleCustomer } from '../../domain/rule-facts';
import { loadReferences } from '../../domain/segment';
import { CustomerRepository } from '../../repositories/customer.repository';
import { FactRepository } from '../../repositories/fact.repository';
import { SegmentRepository } from '../../repositories/segment.repository';

const DAY_MS = 86_400_000;
const FACTS_MAX = 50_000;

/** Whether one customer is in a segment now, by the profile and the facts taken into it: no columnar copy is asked. */
@Injectable()
export class EvaluateSegmentUseCase {
  constructor(
    private readonly segments: SegmentRepository,
    private readonly customers: CustomerRepository,
    private readonly facts: FactRepository,
    private readonly config: CustomersConfig,
    private readonly clock: Clock,
  ) {}

  /** @throws SEGMENT_NOT_FOUND, CUSTOMER_NOT_FOUND, ORG_OUT_OF_SCOPE, SEGMENT_FACTS_TOO_MANY */
  async execute(input: { segmentId: string; customerId: string }, actor: Actor): Promise<boolean> {
    const { rule } = await this.segments.get(input.segmentId);
    const customer = await this.customers.get(input.customerId);
    requireOrgScope(actor, customer.orgPath);
    const references = await loadReferences(rule, (ids) => this.segments.findMany(ids));
    const resolveSegment = (segmentId: string) => references.get(segmentId);
    const now = this.clock.now();
    const offset = utcOffsetMinutes(this.config.timeZone, now);
    const holds = compilePredicate(rule, { resolveSegment, utcOffsetMinutes: offset });
    const facts = await this.factsOf(customer.customerId, eventWindowDaysMax(rule, resolveSegment), now);
    return holds({ ...ruleCustomer(customer), events: facts.map(ruleEvent) }, now);
  }

  private async factsOf(customerId: string, windowDays: number, now: Date) {
    if (windowDays === 0) return [];
    const after = new Date(now.getTime() - windowDays * DAY_MS - 1);
    const facts = await this.facts.listSince(customerId, after, FACTS_MAX + 1);
    if (facts.length <= FACTS_MAX) return facts;
    throw refused('SEGMENT_FACTS_TOO_MANY', `The customer has more than ${FACTS_MAX} facts in the rule's window.`);
  }
}
