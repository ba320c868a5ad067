import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import { chunkOf } from '../../domain/chunk-search';
import type { NameList } from '../../domain/name-list';
import { MemberReader } from '../../members/member-reader';
import { NameListChunkRepository } from '../../repositories/name-list-chunk.repository';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { FindPlacementsInput } from './find-placements.request';

const LISTS_MAX = 50;

export interface FoundPlacement {
  customerId: string;
  listId: string;
  agentId: string;
}

/** Who has customers in the dispatched lists of a strategy; of two lists the newer one counts. */
@Injectable()
export class FindPlacementsUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly chunks: NameListChunkRepository,
    private readonly reader: MemberReader,
  ) {}

  /** @throws STAFF_ONLY, ORG_OUT_OF_SCOPE */
  async execute(actor: Actor, { strategyId, customerIds }: FindPlacementsInput): Promise<FoundPlacement[]> {
    const wanted = new Set(customerIds);
    const found: FoundPlacement[] = [];
    for (const list of await this.lists.listDispatchedSplits(strategyId, LISTS_MAX)) {
      if (wanted.size === 0) break;
      requireWork(actor, list.orgPath);
      for (const each of await this.findIn(list, wanted)) {
        wanted.delete(each.customerId);
        found.push(each);
      }
    }
    return found;
  }

  private async findIn(list: NameList, wanted: ReadonlySet<string>): Promise<FoundPlacement[]> {
    const bounds = await this.chunks.getBounds(list.listId, list.build.chunkCount);
    const sequences = new Set([...wanted].flatMap((customerId) => chunkOf(bounds, customerId) ?? []));
    const found: FoundPlacement[] = [];
    for (const sequence of sequences) {
      const views = await this.reader.readChunk(
        list,
        sequence,
        ({ customerId, agentId }) => agentId !== '' && wanted.has(customerId),
      );
      found.push(...views.map(({ customerId, agentId }) => ({ customerId, listId: list.listId, agentId })));
    }
    return found;
  }
}
