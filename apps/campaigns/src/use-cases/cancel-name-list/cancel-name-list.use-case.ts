import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import { cancelNameList, type NameList } from '../../domain/name-list';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Stops a build; members stored so far stay, to be looked at. */
@Injectable()
export class CancelNameListUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly lists: NameListRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_FINISHED, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, listId: string): Promise<NameList> {
    return this.mongo.transaction(async (tx) => {
      const list = await this.lists.get(listId, tx);
      requireWork(actor, list.orgPath);
      const next = cancelNameList(list);
      await this.lists.save(next, tx);
      return next;
    });
  }
}
