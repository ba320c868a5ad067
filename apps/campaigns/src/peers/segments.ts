import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { parseRule, type Rule } from '@tidegate/rules';
import type { Segment } from '../domain/segment';
import { segmentsNamed } from '../domain/strategy-parts';
import { asService, CUSTOMERS_CLIENT, type CustomersClient } from './peers';

/** Of one strategy, through all its segments. */
const SEGMENTS_MAX = 200;

/** Segments, asked of `customers` as this service: what may be used follows from the user's organisation, not from who asks. */
@Injectable()
export class Segments {
  constructor(@Inject(CUSTOMERS_CLIENT) private readonly customers: CustomersClient) {}

  /** Undefined when there is no such segment. @throws RULE_INVALID and the peer's errors */
  async find(segmentId: string): Promise<Segment | undefined> {
    try {
      const { segment } = await asService(() => this.customers.getSegment({ segmentId }));
      if (segment === undefined) return undefined;
      const { orgPath, version, authors, rule } = segment;
      return { segmentId, orgPath, version, authors, rule: parseRule(rule, `segment(${segmentId})`) };
    } catch (error) {
      if (error instanceof DomainError && error.code === 'NOT_FOUND') return undefined;
      throw error;
    }
  }

  /** All segments that the rules name, and those that these name; what there is not is left out. */
  async gather(rules: readonly Rule[]): Promise<Map<string, Segment>> {
    const found = new Map<string, Segment>();
    const asked = new Set<string>();
    let next = segmentsNamed(rules);
    while (next.length > 0) {
      next.forEach((segmentId) => asked.add(segmentId));
      if (asked.size > SEGMENTS_MAX) throw tooMany();
      const answers = await Promise.all(next.map((segmentId) => this.find(segmentId)));
      const fresh: Rule[] = [];
      for (const segment of answers) {
        if (segment === undefined) continue;
        found.set(segment.segmentId, segment);
        fresh.push(segment.rule);
      }
      next = segmentsNamed(fresh).filter((segmentId) => !asked.has(segmentId));
    }
    return found;
  }
}

const tooMany = (): DomainError =>
  new DomainError({
    code: 'FAILED_PRECONDITION',
    reason: 'SEGMENTS_TOO_MANY',
    message: `Nothing may name more than ${SEGMENTS_MAX} segments, through others too.`,
  });
