import { Injectable } from '@nestjs/common';
import type { EvaluationPlan } from '@tidegate/contracts/campaigns/v1/campaigns';
import { notFound } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { effectOf, type Effect, type EffectInput } from '../../domain/effect';
import { evaluate, type Evaluation } from '../../domain/evaluation';
import { EffectReportRepository } from '../../repositories/effect-report.repository';
import type { GetEffectInput } from './get-effect.request';

export interface StrategyEffect {
  counts: EffectInput;
  effect: Effect;
  /** Null without a plan, and for another outcome than the plan's. */
  evaluation: (EvaluationPlan & Evaluation) | null;
}

/** What a strategy was worth: those it could reach against its control group 对照组, by its evaluation plan 策略后评估计划 where it has one. */
@Injectable()
export class GetEffectUseCase {
  constructor(
    private readonly report: EffectReportRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_UNKNOWN */
  async execute({ strategyId, outcome }: GetEffectInput): Promise<StrategyEffect> {
    if (!(await this.report.isKnown(strategyId))) {
      throw notFound('STRATEGY_UNKNOWN', 'No decision and no version of this strategy is known.');
    }
    const found = await this.report.findPlan(strategyId);
    const plan = outcome === '' || outcome === found?.successOutcome ? found : null;
    const wanted = outcome || plan?.successOutcome || 'converted';
    const now = this.clock.now();
    const { all, ripe } = await this.report.count(strategyId, wanted, { windowDays: plan?.windowDays ?? null, now });
    const evaluation = plan && { ...plan, ...evaluate(plan, { all, ripe }, now) };
    return { counts: all, effect: effectOf(all), evaluation };
  }
}
