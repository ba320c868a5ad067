import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { cancelPush, type Push } from '../../domain/push';
import { PushAccess } from '../../engine/push-access';
import { DecisionRepository } from '../../repositories/decision.repository';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';

/**
 * Stops a push between two batches. What was decided and waits for the end of quiet hours is freed by who settles what is due; what was told of stays,
 * but for messages that have not left yet. A repeat changes nothing.
 */
@Injectable()
export class CancelPushUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly decisions: DecisionRepository,
    private readonly access: PushAccess,
    private readonly clock: Clock,
  ) {}

  /** @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE, PUSH_FINISHED */
  async execute(pushId: string, actor: Actor): Promise<Push> {
    const cancelled = await this.mongo.transaction(async (tx) => {
      const held = await this.access.get(pushId, actor, tx);
      const push = cancelPush(held, this.clock.now());
      if (push !== held) await this.pushes.save(push, tx);
      return push;
    });
    await this.decisions.hastenQueued(pushId, this.clock.now());
    await this.parts.drop(cancelled);
    return cancelled;
  }
}
