import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { closeNameList, type NameList } from '../../domain/name-list';
import type { NameListStepInput } from '../../name-list-step.request';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Ends the work on a list, dispatched or never to be: its people's capacity is free again. */
@Injectable()
export class CloseNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_DISPATCHED, NAME_LIST_BUSY, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { requestId, listId }: NameListStepInput): Promise<NameList> {
    return this.mongo.once({ scope: 'close-name-list', requestId, input: { listId, by: actor.id } }, async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const next = closeNameList(list);
      await this.lists.save(next, tx);
      const split = await this.splits.find(listId, tx);
      if (split?.isActive) await this.splits.save({ ...split, isActive: false }, tx);
      return next;
    });
  }
}
