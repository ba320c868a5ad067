import { Injectable } from '@nestjs/common';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { rollBack } from '../../../domain/models/model-life';
import type { ModelMove } from '../../../domain/models/model-move';
import type { ModelSlot } from '../../../domain/models/model-slot';
import { ModelMoveRepository } from '../../repositories/model-move.repository';
import { SlotWriter } from '../../slot-writer';
import type { RollBackModelSlotInput } from './roll-back-model-slot.request';

/** Puts the last champion of before back at once: what harms customers does not wait for a second person. */
@Injectable()
export class RollBackModelSlotUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly moves: ModelMoveRepository,
    private readonly writer: SlotWriter,
    private readonly clock: Clock,
  ) {}

  /** A waiting move is dropped: it was proposed for another champion. @throws MODEL_SLOT_NOT_FOUND, NO_FORMER_CHAMPION */
  async execute(actor: Actor, input: RollBackModelSlotInput): Promise<{ move: ModelMove; slot: ModelSlot }> {
    const { requestId, slot: name, reason } = input;
    const done = await this.mongo.once({ scope: 'roll-back-model-slot', requestId, input }, async (tx) => {
      const slot = rollBack(await this.writer.get(name, tx));
      const last = await this.moves.findLast(name, tx);
      if (last?.state === 'pending') {
        const settled = { settledBy: actor.id, settledAt: this.clock.now(), slotVersion: slot.version };
        await this.moves.save({ ...last, ...settled, state: 'dropped' }, tx);
      }
      const back = { model: slot.champion, from: 'retired' as const, to: 'champion' as const };
      const move = await this.writer.recordDone(slot, { ...back, state: 'rolled_back', by: actor.id, reason }, tx);
      await this.writer.save(slot, tx);
      return { move, slot };
    });
    await this.writer.refresh();
    return done;
  }
}
