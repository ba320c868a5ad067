import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { isOver } from '../../../domain/strategy';
import { StrategyRepository } from '../../../repositories/strategy.repository';
import { withAdjustment } from '../../domain/list-split';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** While a strategy is paused, or past its end, nobody can have new leads: its lists are looked at again later. One that is retired stays so. */
const WHILE_STOPPED_MS = 10 * 60_000;

/** Begins the adjustments 定期任务调整 whose time has come. */
@Injectable()
export class AdjustDueListsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<void> {
    const now = this.clock.now();
    for (const { listId } of await this.lists.listAdjustmentsDue(now)) {
      await this.mongo.transaction(async (tx) => {
        const list = await this.lists.get(listId, tx);
        const isDue = list.nextAdjustmentAt !== null && list.nextAdjustmentAt <= now;
        if (!isDue || list.state !== 'dispatched' || list.job !== null) return;
        const strategy = await this.strategies.find(list.strategyId, tx);
        if (strategy === null || strategy.live?.state === 'retired') {
          await this.lists.save({ ...list, nextAdjustmentAt: null }, tx);
          return;
        }
        // Past its end it may come back with a change that is published.
        if (strategy.live?.state === 'paused' || isOver(strategy, now)) {
          await this.lists.save({ ...list, nextAdjustmentAt: new Date(now.getTime() + WHILE_STOPPED_MS) }, tx);
          return;
        }
        await this.lists.save(withAdjustment(list, await this.splits.get(listId, tx), newId(), now), tx);
      });
    }
  }
}
