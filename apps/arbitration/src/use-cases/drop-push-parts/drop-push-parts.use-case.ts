import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import { Clock, PeriodicTasks } from '@tidegate/service';
import { giveUpIncomplete, receivingSince } from '../../domain/push';
import { DecisionRepository } from '../../repositories/decision.repository';
import { PushPartRepository } from '../../repositories/push-part.repository';
import { PushRepository } from '../../repositories/push.repository';

const EVERY_MS = 60_000;
const PUSHES_PER_ROUND = 50;

/**
 * Drops the members, shortlists and plans of pushes that are over: of those that failed, and of those that a crash kept from it. A push whose
 * members have stopped coming is over too. What still waits of a cancelled one is not let wait on. Every replica looks; a second one changes nothing.
 */
@Injectable()
export class DropPushPartsUseCase implements OnModuleInit {
  constructor(
    private readonly mongo: Mongo,
    private readonly pushes: PushRepository,
    private readonly parts: PushPartRepository,
    private readonly decisions: DecisionRepository,
    private readonly clock: Clock,
    private readonly tasks: PeriodicTasks,
  ) {}

  onModuleInit(): void {
    this.tasks.every(EVERY_MS, 'drop-push-parts', () => this.execute());
  }

  async execute(): Promise<void> {
    const now = this.clock.now();
    for (const pushId of await this.pushes.listIncomplete(receivingSince(now), PUSHES_PER_ROUND)) {
      await this.mongo.transaction(async (tx) => {
        const held = await this.pushes.find(pushId, tx);
        const next = held && giveUpIncomplete(held, now);
        if (next && next !== held) await this.pushes.save(next, tx);
      });
    }
    for (const push of await this.pushes.listWithParts(PUSHES_PER_ROUND)) {
      if (push.state === 'cancelled') await this.decisions.hastenQueued(push.pushId, now);
      await this.parts.drop(push);
      await this.pushes.markDropped(push.pushId);
    }
  }
}
