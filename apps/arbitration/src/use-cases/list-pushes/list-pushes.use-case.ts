import { Injectable } from '@nestjs/common';
import { requireOrgScope } from '@tidegate/grpc';
import { decodePageToken, encodePageToken, pageSize } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { SeenPush } from '../../domain/push';
import { LiveStrategies } from '../../engine/live-strategies';
import { PushAccess } from '../../engine/push-access';
import { PushRepository } from '../../repositories/push.repository';
import type { ListPushesInput } from './list-pushes.request';

/** A strategy's pushes, newest first; none for a strategy that never went live. */
@Injectable()
export class ListPushesUseCase {
  constructor(
    private readonly pushes: PushRepository,
    private readonly strategies: LiveStrategies,
    private readonly access: PushAccess,
  ) {}

  /** @throws ORG_OUT_OF_SCOPE, PAGE_TOKEN_INVALID */
  async execute(input: ListPushesInput, actor: Actor): Promise<{ pushes: SeenPush[]; nextPageToken: string }> {
    const strategy = await this.strategies.find(input.strategyId);
    if (strategy !== undefined) requireOrgScope(actor, strategy.orgPath);
    const limit = pageSize(input.pageSize, { max: 200, fallback: 50 });
    const [before] = decodePageToken(input.pageToken) ?? [];
    const pushes = await this.pushes.listOfStrategy(input.strategyId, limit, before);
    const last = pushes.length === limit ? pushes.at(-1) : undefined;
    return {
      pushes: pushes.map((push) => this.access.seen(push)),
      nextPageToken: last ? encodePageToken([last.pushId]) : '',
    };
  }
}
