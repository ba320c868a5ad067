import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireDuty } from '../../actor-scope';
import { rejectStrategy, type Strategy } from '../../domain/strategy';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { RejectStrategyInput } from './reject-strategy.request';

/** Sends a strategy back to its maker. */
@Injectable()
export class RejectStrategyUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, STRATEGY_MOVE_NOT_ALLOWED, APPROVER_IS_MAKER, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, strategyId, comment }: RejectStrategyInput): Promise<Strategy> {
    const input = { strategyId, comment, by: actor.id };
    return this.mongo.once({ scope: 'reject-strategy', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(strategyId, tx);
      requireDuty(actor, 'review', strategy.orgPath);
      const next = rejectStrategy(strategy, comment, { actorId: actor.id, now: this.clock.now() });
      await this.strategies.save({ next, closed: [] }, tx);
      return next;
    });
  }
}
