import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import { newestOf, type Strategy, type StrategyVersion } from '../../domain/strategy';
import { StrategyRepository } from '../../repositories/strategy.repository';

@Injectable()
export class GetStrategyUseCase {
  constructor(private readonly strategies: StrategyRepository) {}

  /** @param version 0 for the newest. @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    strategyId: string,
    version: number,
  ): Promise<{ strategy: Strategy; version: StrategyVersion }> {
    const strategy = await this.strategies.get(strategyId);
    requireWork(actor, strategy.orgPath);
    if (version === 0) return { strategy, version: newestOf(strategy) };
    const current = [strategy.open, strategy.live].find((each) => each?.version === version);
    const found = current ?? (await this.strategies.findClosed(strategyId, version));
    if (!found) throw notFound('STRATEGY_NOT_FOUND', 'There is no such version of the strategy.', { strategyId });
    return { strategy, version: found };
  }
}
