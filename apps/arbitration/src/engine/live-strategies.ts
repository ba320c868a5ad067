import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Clock } from '@tidegate/service';
import { isAwaited, isLive, type Strategy } from '../domain/strategy';
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

  /** In any state, of this revision or a later one; undefined when that was not told of yet. */
  async find(strategyId: string, revision = 0): Promise<Strategy | undefined> {
    const isMeant = (strategy: Strategy | undefined): boolean =>
      strategy !== undefined && strategy.revision >= revision;
    const known = this.catalogue.find(strategyId);
    if (isMeant(known)) return known;
    await this.held.refresh();
    const newest = this.catalogue.find(strategyId);
    return isMeant(newest) ? newest : undefined;
  }

  /** Whether it is out of force for now alone, as far as it is held here. */
  isAwaited(strategyId: string): boolean {
    const known = this.catalogue.find(strategyId);
    return known !== undefined && isAwaited(known, this.clock.now());
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
