import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { requireWork } from '../../actor-scope';
import type { NameList } from '../../domain/name-list';
import { NameListRepository } from '../../repositories/name-list.repository';
import { StrategyRepository } from '../../repositories/strategy.repository';

/** Lists of one strategy, newest first. */
@Injectable()
export class ListNameListsUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly strategies: StrategyRepository,
  ) {}

  /** @throws STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { strategyId: string; pageSize: number; pageToken: string },
  ): Promise<{ lists: NameList[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    requireWork(actor, (await this.strategies.get(input.strategyId)).orgPath);
    const lists = await this.lists.list(input.strategyId, limit, after);
    const last = lists.length === limit ? lists.at(-1) : undefined;
    return { lists, nextPageToken: last ? encodePageToken([last.listId]) : '' };
  }
}
