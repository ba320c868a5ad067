import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { NameList } from '../../domain/name-list';
import { NameListRepository } from '../../repositories/name-list.repository';

@Injectable()
export class GetNameListUseCase {
  constructor(private readonly lists: NameListRepository) {}

  /** @throws NAME_LIST_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, listId: string): Promise<NameList> {
    const list = await this.lists.get(listId);
    requireWork(actor, list.orgPath);
    return list;
  }
}
