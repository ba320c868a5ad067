import { Injectable } from '@nestjs/common';
import { invalid } from '@tidegate/errors';
import { requireOrgScope } from '@tidegate/grpc';
import { Mongo, newId } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { isAtOrBelow } from '@tidegate/org-path';
import { Clock } from '@tidegate/service';
import { startPush, type Push } from '../../domain/push';
import { checkPushTerms } from '../../domain/check-push-terms';
import { LiveStrategies } from '../../engine/live-strategies';
import { PushRepository } from '../../repositories/push.repository';
import type { StartPushInput } from './start-push.request';

/** Opens a push; its members follow. */
@Injectable()
export class StartPushUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly strategies: LiveStrategies,
    private readonly clock: Clock,
  ) {}

  /** @throws VALIDATION_FAILED, STRATEGY_NOT_LIVE, ORG_OUT_OF_SCOPE, REQUEST_ID_REUSED */
  async execute({ requestId, ...input }: StartPushInput, actor: Actor): Promise<Push> {
    checkPushTerms(input);
    return this.mongo.once({ scope: 'start-push', requestId, input }, async (tx) => {
      const strategy = await this.strategies.get(input.strategyId);
      requireOrgScope(actor, strategy.orgPath);
      const { limits, costs, ...rest } = input;
      const orgPath = input.orgPath || strategy.orgPath;
      if (!isAtOrBelow(orgPath, strategy.orgPath)) {
        throw invalid([{ field: 'orgPath', description: 'must be at or below the organisation of the strategy' }]);
      }
      const push = startPush({ pushId: newId(), ...rest, orgPath, terms: { limits, costs } }, this.clock.now());
      await this.pushes.add(push, tx);
      return push;
    });
  }
}
