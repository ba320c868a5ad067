import { Injectable } from '@nestjs/common';
import type { Actor } from '@tidegate/observability';
import type { SeenPush } from '../../domain/push';
import { PushAccess } from '../../engine/push-access';

/** State and progress of a push. */
@Injectable()
export class GetPushUseCase {
  constructor(private readonly access: PushAccess) {}

  /** @throws PUSH_NOT_FOUND, ORG_OUT_OF_SCOPE */
  async execute(pushId: string, actor: Actor): Promise<SeenPush> {
    return this.access.seen(await this.access.get(pushId, actor));
  }
}
