import { Injectable } from '@nestjs/common';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { requireWork } from '../../../actor-scope';
import { checkShares, HAND_DOWN_PLAN, shareReceivers } from '../../domain/hand-down';
import { withJob } from '../../domain/list-job';
import { startSplit, withReceivers } from '../../domain/list-split';
import { requireIdle, type NameList } from '../../domain/name-list';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { HandDownNameListInput } from './hand-down-name-list.request';

/** Begins to hand a ready list down: head office 总行 sets, the branch 分行 organises its own list, the outlet 网点 works it. */
@Injectable()
export class HandDownNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_READY, NAME_LIST_BUSY, SHARE_OUT_OF_LIST, SHARE_REPEATED, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, listId, shares: given }: HandDownNameListInput): Promise<NameList> {
    const shares = given.map(({ orgPath, quota }) => ({ orgPath, quota }));
    return this.mongo.once(
      { scope: 'hand-down-name-list', requestId, input: { listId, shares, by: actor.id } },
      async (tx) => {
        const list = await this.lists.get(listId, tx);
        requireWork(actor, list.orgPath);
        requireIdle(list);
        checkShares(shares, list.orgPath);
        const split = withReceivers(startSplit(listId, HAND_DOWN_PLAN, this.clock.now()), shareReceivers(shares));
        await this.splits.save({ ...split, isActive: false }, tx);
        const next = withJob({ ...list, isSplit: false, placedCount: 0 }, 'hand_down', newId(), 1);
        await this.lists.save(next, tx);
        return next;
      },
    );
  }
}
