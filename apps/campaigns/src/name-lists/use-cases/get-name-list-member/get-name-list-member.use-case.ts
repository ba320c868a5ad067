import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { chunkOf } from '../../domain/chunk-search';
import type { MemberView } from '../../domain/member-view';
import { requireFrozen } from '../../domain/name-list';
import { MemberReader } from '../../members/member-reader';
import { NameListChunkRepository } from '../../repositories/name-list-chunk.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** One customer in one list: whether he passed, why not, and who has him. */
@Injectable()
export class GetNameListMemberUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly chunks: NameListChunkRepository,
    private readonly reader: MemberReader,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, NAME_LIST_NOT_READY, NAME_LIST_MEMBER_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, listId: string, customerId: string): Promise<MemberView> {
    const list = await this.lists.get(listId);
    requireWork(actor, list.orgPath);
    requireFrozen(list);
    const sequence = chunkOf(await this.chunks.getBounds(listId, list.build.chunkCount), customerId);
    const found =
      sequence === undefined
        ? []
        : await this.reader.readChunk(list, sequence, (view) => view.customerId === customerId);
    const [member] = found;
    if (!member) throw notFound('NAME_LIST_MEMBER_NOT_FOUND', 'The customer is not in the list.', { customerId });
    return member;
  }
}
