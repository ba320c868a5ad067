import { Injectable } from '@nestjs/common';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { listScope, requireUse } from '../../../actor-scope';
import { StrategyRepository } from '../../../repositories/strategy.repository';
import type { NameList } from '../../domain/name-list';
import { NameListRepository } from '../../repositories/name-list.repository';

/** Lists of the actor's organisation and below, newest first: of one strategy, or handed down from one list, when said. */
@Injectable()
export class ListNameListsUseCase {
  constructor(
    private readonly lists: NameListRepository,
    private readonly strategies: StrategyRepository,
  ) {}

  /** @throws STAFF_ONLY, STRATEGY_NOT_FOUND, ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(
    actor: Actor,
    input: { strategyId: string; parentListId: string; pageSize: number; pageToken: string },
  ): Promise<{ lists: NameList[]; nextPageToken: string }> {
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const after = decodePageToken(input.pageToken)?.[0];
    const { strategyId, parentListId } = input;
    if (strategyId !== '') requireUse(actor, (await this.strategies.get(strategyId)).orgPath);
    const lists = await this.lists.list({ strategyId, parentListId, scope: listScope(actor) }, limit, after);
    const last = lists.length === limit ? lists.at(-1) : undefined;
    return { lists, nextPageToken: last ? encodePageToken([last.listId]) : '' };
  }
}
