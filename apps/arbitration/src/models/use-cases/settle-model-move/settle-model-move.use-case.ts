import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import { checkSettler, moveModel } from '../../../domain/models/model-life';
import type { ModelMove, MoveState } from '../../../domain/models/model-move';
import type { ModelSlot } from '../../../domain/models/model-slot';
import { changeSettings } from '../../../domain/models/slot-settings';
import { ModelMoveRepository } from '../../repositories/model-move.repository';
import { SlotWriter } from '../../slot-writer';
import type { SettleModelMoveInput } from './settle-model-move.request';

/** Approves or rejects the waiting move of a slot, its waiting settings, or its opening. Of two who settle it at once one wins; the other finds it settled. */
@Injectable()
export class SettleModelMoveUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly moves: ModelMoveRepository,
    private readonly writer: SlotWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws MODEL_SLOT_NOT_FOUND, MODEL_MOVE_NOT_PENDING, MODEL_MOVE_OWN, MODEL_MOVE_NOT_ALLOWED, MODEL_PLACE_TAKEN, VALIDATION_FAILED,
   * REQUEST_ID_REUSED
   */
  async execute(actor: Actor, input: SettleModelMoveInput): Promise<{ move: ModelMove; slot?: ModelSlot }> {
    const { requestId, slot: name, moveId, isApproved, note } = input;
    const settled = await this.mongo.once({ scope: 'settle-model-move', requestId, input }, async (tx) => {
      const waiting = await this.moves.findLast(name, tx);
      const opening = waiting?.state === 'pending' ? waiting.opening : undefined;
      const before = opening === undefined ? await this.writer.get(name, tx) : undefined;
      if (waiting?.state !== 'pending' || waiting.moveId !== moveId) {
        throw refused('MODEL_MOVE_NOT_PENDING', 'No move of this id waits in the slot.');
      }
      checkSettler(waiting.proposedBy, actor.id, isApproved);
      const slot = isApproved ? (opening ?? applied(before, waiting)) : before;
      const rejected: MoveState = waiting.proposedBy === actor.id ? 'withdrawn' : 'rejected';
      const move: ModelMove = {
        ...waiting,
        state: isApproved ? 'approved' : rejected,
        settledBy: actor.id,
        settledAt: this.clock.now(),
        note,
        slotVersion: slot?.version ?? 0,
      };
      await this.moves.save(move, tx);
      if (isApproved && slot !== undefined) await this.writer.save(slot, tx);
      return { move, ...(slot && { slot }) };
    });
    if (isApproved) await this.writer.refresh();
    return settled;
  }
}

function applied(slot: ModelSlot | undefined, move: ModelMove): ModelSlot | undefined {
  if (slot === undefined) return undefined;
  return move.settings === undefined ? moveModel(slot, move) : changeSettings(slot, move.settings);
}
