import { Injectable } from '@nestjs/common';
import { DomainError } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { isOver } from '../../domain/strategy';
import { StrategyRepository } from '../../repositories/strategy.repository';

const NOT_LIVE = 'STRATEGY_NOT_LIVE';

/** Tells a pause from an end, which arbitration refuses alike. */
@Injectable()
export class StrategyLiveness {
  constructor(
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether arbitration refused the strategy only for now: it is paused, starts later, or arbitration learns of it by an event that is still on
   * its way.
   */
  async mayPass(strategyId: string, error: unknown): Promise<boolean> {
    if (!(error instanceof DomainError) || error.reason !== NOT_LIVE) return false;
    const strategy = await this.strategies.find(strategyId);
    return strategy !== null && !isOver(strategy, this.clock.now());
  }
}
