import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { NameListMember } from '../../domain/name-list';
import { NameListMemberRepository } from '../../repositories/name-list-member.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Members of one list in customer id order, those screened out with their reason. */
@Injectable()
export class ListNameListMembersUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly members: NameListMemberRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { listId: string; pageSize: number; pageToken: string },
  ): Promise<{ members: NameListMember[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 1_000, fallback: 200 });
    const after = decodePageToken(input.pageToken)?.[0];
    requireWork(actor, (await this.lists.get(input.listId)).orgPath);
    const members = await this.members.list(input.listId, limit, after);
    const last = members.length === limit ? members.at(-1) : undefined;
    return { members, nextPageToken: last ? encodePageToken([last.customerId]) : '' };
  }
}
