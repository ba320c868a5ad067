import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { appendChunk, type Push } from '../../domain/push';
import { PushAccess } from '../../engine/push-access';
import { PushWorker } from '../../engine/push-worker';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';
import type { AppendPushMembersInput } from './append-push-members.request';

/** Takes a chunk of a push's members; the last one starts the work. A chunk that was taken before is ignored. */
@Injectable()
export class AppendPushMembersUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly access: PushAccess,
    private readonly worker: PushWorker,
  ) {}

  /** @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE, PUSH_STARTED, PUSH_CHUNK_OUT_OF_ORDER, PUSH_TOO_LARGE */
  async execute({ pushId, sequence, customerIds, isLast }: AppendPushMembersInput, actor: Actor): Promise<Push> {
    const push = await this.mongo.transaction(async (tx) => {
      const held = await this.access.get(pushId, actor, tx);
      const next = appendChunk(held, { sequence, count: customerIds.length, isLast });
      if (next === null) return held;
      await this.parts.addChunk(pushId, sequence, customerIds, tx);
      await this.pushes.save(next, tx);
      return next;
    });
    if (push.state === 'running') this.worker.wake();
    return push;
  }
}
