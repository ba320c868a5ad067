import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { moveModel, stageOf, type ProposedMove } from '../../../domain/models/model-life';
import type { ModelMove } from '../../../domain/models/model-move';
import { SlotWriter, toRef } from '../../slot-writer';
import type { ProposeModelMoveInput } from './propose-model-move.request';

/** Proposes a move of a model in its slot; nothing changes until another person approves it. */
@Injectable()
export class ProposeModelMoveUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly writer: SlotWriter,
  ) {}

  /**
   * @throws MODEL_SLOT_NOT_FOUND, MODEL_NOT_FOUND, MODEL_MOVE_NOT_ALLOWED, MODEL_PLACE_TAKEN, MODEL_MOVE_PENDING, VALIDATION_FAILED,
   * REQUEST_ID_REUSED
   */
  execute(actor: Actor, input: ProposeModelMoveInput): Promise<ModelMove> {
    const { requestId, slot: name, reason, toStage, challengerBasisPoints } = input;
    return this.mongo.once({ scope: 'propose-model-move', requestId, input }, async (tx) => {
      const slot = await this.writer.get(name, tx);
      const model = toRef(input.model);
      await this.writer.requireModel(model, tx);
      const proposed: ProposedMove = {
        model,
        to: toStage,
        challengerBasisPoints: toStage === 'challenger' ? challengerBasisPoints : 0,
      };
      // A trial: what could not be done now is not worth a second person's time.
      moveModel(slot, proposed);
      if (model.kind === 'adaptive' && slot.adaptive === null) {
        throw refused('MODEL_MOVE_NOT_ALLOWED', 'The slot has no features to learn from.');
      }
      const moveId = hashInput({ name, requestId }).slice(0, 24);
      const from = stageOf(slot, model);
      return this.writer.propose({ ...proposed, slot: name, moveId, from, reason, proposedBy: actor.id }, tx);
    });
  }
}
