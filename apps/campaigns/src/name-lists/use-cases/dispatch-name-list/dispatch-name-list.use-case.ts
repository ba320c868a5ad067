import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { beginDispatch } from '../../domain/list-dispatch';
import { HOLD_MS, type NameList } from '../../domain/name-list';
import { requirePublished } from '../../../domain/strategy';
import { PushHandOver } from '../../peers/push-hand-over';
import { NameListRepository } from '../../repositories/name-list.repository';
import { StrategyRepository } from '../../../repositories/strategy.repository';
import type { DispatchNameListInput } from './dispatch-name-list.request';

/** Hands a ready list to arbitration as a push: once for a list, however often it is asked or interrupted. */
@Injectable()
export class DispatchNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly strategies: StrategyRepository,
    private readonly handOver: PushHandOver,
    private readonly clock: Clock,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_READY, NAME_LIST_TOO_LARGE, STRATEGY_NOT_PUBLISHED, ORG_OUT_OF_SCOPE and arbitration's errors */
  async execute(actor: Actor, { requestId, listId, ...slots }: DispatchNameListInput): Promise<NameList> {
    const begun = await this.mongo.transaction(async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const order = { requestId, capacitySlot: slots.capacitySlot, horizonDays: slots.horizonDays };
      const next = beginDispatch(list, order, this.clock.now());
      if (next.state === 'dispatched') return next;
      requirePublished(await this.strategies.get(list.strategyId, tx));
      await this.lists.save(next, tx);
      // The background leaves it alone, unless this call does not come to its end.
      const until = new Date(this.clock.now().getTime() + HOLD_MS);
      await this.lists.take(listId, `request ${requestId}`, until, tx);
      return next;
    });
    return this.handOver.run(begun);
  }
}
