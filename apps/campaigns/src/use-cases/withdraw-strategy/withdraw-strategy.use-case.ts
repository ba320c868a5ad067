import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import type { Strategy } from '../../domain/strategy';
import { withdrawStrategy } from '../../domain/strategy-withdrawal';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { StrategyStepInput } from '../../requests/strategy-step.request';

/** Takes a submission back: it is a draft again, whose makers go on with it. */
@Injectable()
export class WithdrawStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, ORG_OUT_OF_SCOPE, DUTY_NOT_HELD */
  async execute(actor: Actor, { requestId, strategyId }: StrategyStepInput): Promise<Strategy> {
    const input = { strategyId, by: actor.id };
    return this.mongo.once({ scope: 'withdraw-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'draft', strategy.orgPath);
      const next = withdrawStrategy(strategy, this.clock.now());
      await this.strategies.save({ next, closed: [] }, tx);
      return next;
    });
  }
}
