import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { isLive, type Strategy } from '../domain/strategy';
import { HeldState } from './held-state';
import { StrategyCatalogue } from './strategy-catalogue';

/** Strategies by id, for callers that name one: looks once more in the database before it says no. */
@Injectable()
export class LiveStrategies {
  constructor(
    private readonly catalogue: StrategyCatalogue,
    private readonly held: HeldState,
    private readonly clock: Clock,
  ) {}

  /** In any state; undefined when nothing was ever told of it. */
  async find(strategyId: string): Promise<Strategy | undefined> {
    const known = this.catalogue.find(strategyId);
    if (known !== undefined) return known;
    await this.held.refresh();
    return this.catalogue.find(strategyId);
  }

  /** @throws STRATEGY_NOT_LIVE when it is unknown, not published, or outside its dates */
  async get(strategyId: string): Promise<Strategy> {
    const now = this.clock.now();
    const known = this.catalogue.find(strategyId);
    if (known !== undefined && isLive(known, now)) return known;
    await this.held.refresh();
    const strategy = this.catalogue.find(strategyId);
    if (strategy === undefined || !isLive(strategy, now)) {
      throw refused('STRATEGY_NOT_LIVE', 'The strategy is not published, or outside its dates.');
    }
    return strategy;
  }
}
