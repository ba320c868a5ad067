import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import { beginDispatch, type NameList } from '../../domain/name-list';
import { requirePublished } from '../../domain/strategy';
import { PushHandOver } from '../../peers/push-hand-over';
import { NameListRepository } from '../../repositories/name-list.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';
import type { DispatchNameListInput } from './dispatch-name-list.request';

/** Hands a ready list to arbitration as a push: once for a list, however often it is asked or interrupted. */
@Injectable()
export class DispatchNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly strategies: StrategyRepository,
    private readonly handOver: PushHandOver,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_READY, STRATEGY_NOT_PUBLISHED, ORG_OUT_OF_SCOPE and arbitration's errors */
  async execute(actor: Actor, { requestId, listId, capacitySlot }: DispatchNameListInput): Promise<NameList> {
    const begun = await this.mongo.transaction(async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const next = beginDispatch(list, { requestId, capacitySlot });
      if (next.state === 'dispatched') return next;
      requirePublished(await this.strategies.get(list.strategyId, tx));
      await this.lists.save(next, tx);
      return next;
    });
    return this.handOver.run(begun);
  }
}
