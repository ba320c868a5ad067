import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import type { Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { Push, SeenPush } from '../domain/push';
import { PushRepository } from '../repositories/push.repository';
import { LiveStrategies } from './live-strategies';

/** Pushes as a caller may see them: those of his organisation's lists. */
@Injectable()
export class PushAccess {
  constructor(
    private readonly pushes: PushRepository,
    private readonly strategies: LiveStrategies,
  ) {}

  /** @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async get(pushId: string, actor: Actor, tx?: Transaction): Promise<Push> {
    const push = await this.pushes.find(pushId, tx);
    if (push === null) throw notFound('PUSH_NOT_FOUND', 'There is no push of this id.');
    requireOrgScope(actor, push.orgPath ?? (await this.strategies.find(push.strategyId))?.orgPath ?? '');
    return push;
  }

  /** With whether it waits for its strategy, as far as this replica has heard. */
  seen(push: Push): SeenPush {
    return { ...push, isWaiting: push.state === 'running' && this.strategies.isAwaited(push.strategyId) };
  }
}
