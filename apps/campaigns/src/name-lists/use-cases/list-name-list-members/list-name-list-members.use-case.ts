import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { MemberView } from '../../domain/member-view';
import { MemberReader } from '../../members/member-reader';
import { NameListRepository } from '../../repositories/name-list.repository';
import type { ListNameListMembersInput } from './list-name-list-members.request';

/** Chunks that one call looks through for those who are asked for. */
const CHUNKS_MAX = 20;

/** Members of one list, in customer id order. */
@Injectable()
export class ListNameListMembersUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly reader: MemberReader,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    { listId, pageSize: wanted, pageToken, agentId, reason }: ListNameListMembersInput,
  ): Promise<{ members: MemberView[]; nextPageToken: string }> {
    const limit = pageSize(wanted, { max: 5_000, fallback: 200 });
    let [sequence = 0, from = 0] = decodeNumberToken(pageToken, 2) ?? [];
    const list = await this.lists.get(listId);
    requireWork(actor, list.orgPath);
    const isAskedFor = (view: MemberView): boolean =>
      (agentId === '' || view.agentId === agentId) &&
      (reason === '' || view.reason === reason || view.unplacedReason === reason);
    const members: MemberView[] = [];
    for (let read = 0; sequence < list.build.chunkCount && read < CHUNKS_MAX && members.length < limit; read += 1) {
      let [left, next] = [limit - members.length, -1];
      const page = await this.reader.readChunk(list, sequence, (view, i) => {
        if (i < from || next >= 0 || !isAskedFor(view)) return false;
        // One more than there is room for: the next page begins with it.
        if (left === 0) next = i;
        left -= 1;
        return next < 0;
      });
      members.push(...page);
      [sequence, from] = next < 0 ? [sequence + 1, 0] : [sequence, next];
    }
    const isEnd = sequence >= list.build.chunkCount;
    return { members, nextPageToken: isEnd ? '' : encodePageToken([String(sequence), String(from)]) };
  }
}
