import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import { Clock } from '@tidegate/service';
import { cancelPush, type Push } from '../../domain/push';
import { PushRepository } from '../../repositories/push.repository';

/** Stops a push between two batches; what was decided stays. A repeat changes nothing. */
@Injectable()
export class CancelPushUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws PUSH_NOT_FOUND, PUSH_FINISHED */
  async execute(pushId: string): Promise<Push> {
    return this.mongo.transaction(async (tx) => {
      const held = await this.pushes.find(pushId, tx);
      if (held === null) throw notFound('PUSH_NOT_FOUND', 'There is no push of this id.');
      const push = cancelPush(held, this.clock.now());
      if (push !== held) await this.pushes.save(push, tx);
      return push;
    });
  }
}
