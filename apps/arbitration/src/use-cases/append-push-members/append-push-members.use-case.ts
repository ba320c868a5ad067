import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { isNextChunk } from '@tidegate/imports';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { appendChunk, type SeenPush } from '../../domain/push';
import { PushAccess } from '../../engine/push-access';
import { PushWorker } from '../../engine/push-worker';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';
import type { AppendPushMembersInput } from './append-push-members.request';

/** Why a chunk of members is refused. */
const REASONS = { finished: 'PUSH_STARTED', outOfOrder: 'PUSH_CHUNK_OUT_OF_ORDER' };

/** Takes a chunk of a push's members; the last one starts the work. A chunk that was taken before changes nothing. */
@Injectable()
export class AppendPushMembersUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly access: PushAccess,
    private readonly worker: PushWorker,
  ) {}

  /**
   * @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE, PUSH_STARTED, PUSH_CHUNK_OUT_OF_ORDER, PUSH_TOO_LARGE, PUSH_CONTENT_DIFFERS when another chunk
   * was taken in its place
   */
  async execute(chunk: AppendPushMembersInput, actor: Actor): Promise<SeenPush> {
    const { pushId, sequence, customerIds, isLast } = chunk;
    const digest = hashInput({ customerIds, isLast });
    const push = await this.mongo.transaction(async (tx) => {
      const held = await this.access.get(pushId, actor, tx);
      const { state, nextSequence } = held;
      if (!isNextChunk({ state, chunkCount: nextSequence }, sequence, REASONS)) {
        requireSame(await this.parts.findDigest(pushId, sequence, tx), digest, chunk);
        return held;
      }
      const next = appendChunk(held, { count: customerIds.length, isLast });
      await this.parts.addChunk(pushId, sequence, { customerIds, digest }, tx);
      await this.pushes.save(next, tx);
      return next;
    });
    if (push.state === 'running') this.worker.wake();
    return this.access.seen(push);
  }
}

/** A list that is sent again after a broken connection goes on where it was; another one must not be joined to it. */
function requireSame(known: string | undefined, given: string, { pushId, sequence }: AppendPushMembersInput): void {
  if (known === undefined || known === given) return;
  const message = `Chunk ${sequence} was taken with other members: another list needs a push of its own.`;
  throw refused('PUSH_CONTENT_DIFFERS', message, { pushId, sequence: String(sequence) });
}
