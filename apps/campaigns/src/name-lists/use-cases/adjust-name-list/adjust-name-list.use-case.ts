import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { requireInForce } from '../../../domain/strategy';
import { StrategyRepository } from '../../../repositories/strategy.repository';
import { withAdjustment } from '../../domain/list-split';
import { requireAdjustable, type NameList } from '../../domain/name-list';
import type { NameListStepInput } from '../../name-list-step.request';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Begins an adjustment now instead of at its time; the days of the plan hold all the same. */
@Injectable()
export class AdjustNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
    private readonly strategies: StrategyRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_DISPATCHED, NAME_LIST_BUSY, STRATEGY_NOT_PUBLISHED, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, listId }: NameListStepInput): Promise<NameList> {
    return this.mongo.once({ scope: 'adjust-name-list', requestId, input: { listId, by: actor.id } }, async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      requireAdjustable(list);
      requireInForce(await this.strategies.get(list.strategyId, tx), this.clock.now());
      const split = await this.splits.get(listId, tx);
      const next = withAdjustment(list, split, newId(), this.clock.now());
      await this.lists.save(next, tx);
      return next;
    });
  }
}
