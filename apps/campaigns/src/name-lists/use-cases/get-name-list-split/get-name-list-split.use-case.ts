import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { ListSplit } from '../../domain/list-split';
import type { NameList } from '../../domain/name-list';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

@Injectable()
export class GetNameListSplitUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_SPLIT, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, listId: string): Promise<{ list: NameList; split: ListSplit }> {
    const list = await this.lists.get(listId);
    requireWork(actor, list.orgPath);
    return { list, split: await this.splits.get(listId) };
  }
}
