import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { parseRule } from '@tidegate/rules';
import { Clock } from '@tidegate/service';
import { narrowedScopeOf } from '../../actor-scope';
import { SegmentQuery } from '../../columnar/segment-query';

const SAMPLE_MAX = 20;

export interface SegmentPreview {
  count: number;
  sampleCustomerIds: string[];
  tookMs: number;
}

/** How many customers a rule holds for now, with some of them: of the actor's organisation, or one asked for, and below. */
@Injectable()
export class PreviewSegmentUseCase {
  constructor(
    private readonly query: SegmentQuery,
    private readonly clock: Clock,
  ) {}

  /** @throws RULE_INVALID and the like, ORG_OUT_OF_SCOPE, COPY_BEHIND */
  async execute(input: { rule: unknown; sampleSize: number; orgPath: string }, actor: Actor): Promise<SegmentPreview> {
    if (!(input.sampleSize >= 0 && input.sampleSize <= SAMPLE_MAX)) {
      throw invalid([{ field: 'sampleSize', description: `must be from 0 to ${SAMPLE_MAX}` }]);
    }
    const startedAt = performance.now();
    const scope = narrowedScopeOf(actor, input.orgPath);
    const question = { rule: parseRule(input.rule), now: this.clock.now(), scope };
    const count = await this.query.count(question);
    const sample = input.sampleSize === 0 ? [] : await this.query.list(question, input.sampleSize, '');
    const sampleCustomerIds = sample.map(({ customerId }) => customerId);
    return { count, sampleCustomerIds, tookMs: performance.now() - startedAt };
  }
}
