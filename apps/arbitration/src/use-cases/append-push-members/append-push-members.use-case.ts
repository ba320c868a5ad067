import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { appendChunk, type Push } from '../../domain/push';
import { PushWorker } from '../../engine/push-worker';
import { PushRepository } from '../../repositories/push.repository';
import type { AppendPushMembersInput } from './append-push-members.request';

/** Takes a chunk of a push's members; the last one starts the work. A chunk that was taken before is ignored. */
@Injectable()
export class AppendPushMembersUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly worker: PushWorker,
  ) {}

  /** @throws PUSH_NOT_FOUND, PUSH_STARTED, PUSH_CHUNK_OUT_OF_ORDER, PUSH_TOO_LARGE */
  async execute({ pushId, sequence, customerIds, isLast }: AppendPushMembersInput): Promise<Push> {
    const push = await this.mongo.transaction(async (tx) => {
      const held = await this.pushes.find(pushId, tx);
      if (held === null) throw notFound('PUSH_NOT_FOUND', 'There is no push of this id.');
      const next = appendChunk(held, { sequence, count: customerIds.length, isLast });
      if (next === null) return held;
      await this.pushes.addChunk(pushId, sequence, customerIds, tx);
      await this.pushes.save(next, tx);
      return next;
    });
    if (push.state === 'running') this.worker.wake();
    return push;
  }
}
