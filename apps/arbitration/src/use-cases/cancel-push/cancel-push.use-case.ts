import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { cancelPush, type Push } from '../../domain/push';
import { PushAccess } from '../../engine/push-access';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';

/** Stops a push between two batches; what was decided stays. A repeat changes nothing. */
@Injectable()
export class CancelPushUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
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
    await this.parts.drop(cancelled);
    return cancelled;
  }
}
