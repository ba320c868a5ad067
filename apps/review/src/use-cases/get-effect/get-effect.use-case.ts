import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { effectOf, type Effect, type EffectInput } from '../../domain/effect';
import { EffectReportRepository } from '../../repositories/effect-report.repository';
import type { GetEffectInput } from './get-effect.request';

/** What a strategy was worth: those it could reach against its control group 对照组. */
@Injectable()
export class GetEffectUseCase {
  constructor(private readonly report: EffectReportRepository) {}

  /** @throws STRATEGY_UNKNOWN */
  async execute({ strategyId, outcome }: GetEffectInput): Promise<{ counts: EffectInput; effect: Effect }> {
    if (!(await this.report.isKnown(strategyId))) {
      throw notFound('STRATEGY_UNKNOWN', 'No decision and no version of this strategy is known.');
    }
    const counts = await this.report.count(strategyId, outcome || 'converted');
    return { counts, effect: effectOf(counts) };
  }
}
