import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { Push } from '../../domain/push';
import { PushRepository } from '../../repositories/push.repository';

/** State and progress of a push. */
@Injectable()
export class GetPushUseCase {
  constructor(private readonly pushes: PushRepository) {}

  /** @throws PUSH_NOT_FOUND */
  async execute(pushId: string): Promise<Push> {
    const push = await this.pushes.find(pushId);
    if (push === null) throw notFound('PUSH_NOT_FOUND', 'There is no push of this id.');
    return push;
  }
}
