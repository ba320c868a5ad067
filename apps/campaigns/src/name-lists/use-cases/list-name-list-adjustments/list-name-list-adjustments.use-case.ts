import { Injectable } from '@nestjs/common';
import { decodeNumberToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../../actor-scope';
import type { Adjustment } from '../../domain/list-split';
import { ListSplitRepository } from '../../repositories/list-split.repository';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Adjustments of one list, newest first. */
@Injectable()
export class ListNameListAdjustmentsUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly splits: ListSplitRepository,
  ) {}

  /** @throws NAME_LIST_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { listId: string; pageSize: number; pageToken: string },
  ): Promise<{ adjustments: Adjustment[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [beforeRound] = decodeNumberToken(input.pageToken) ?? [];
    requireWork(actor, (await this.lists.get(input.listId)).orgPath);
    const adjustments = await this.splits.listAdjustments(input.listId, limit, beforeRound);
    const last = adjustments.length === limit ? adjustments.at(-1) : undefined;
    return { adjustments, nextPageToken: last ? encodePageToken([String(last.round)]) : '' };
  }
}
