import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { Strategy, StrategyVersion } from '../../domain/strategy';
import { StrategyVersions } from '../../references/strategy-versions';
import { StrategyRepository } from '../../repositories/strategy.repository';

@Injectable()
export class GetStrategyUseCase {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly versions: StrategyVersions,
  ) {}

  /** @param version 0 for the newest. @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(
    actor: Actor,
    strategyId: string,
    version: number,
  ): Promise<{ strategy: Strategy; version: StrategyVersion }> {
    const strategy = await this.strategies.get(strategyId);
    requireWork(actor, strategy.orgPath);
    return { strategy, version: await this.versions.get(strategy, version) };
  }
}
