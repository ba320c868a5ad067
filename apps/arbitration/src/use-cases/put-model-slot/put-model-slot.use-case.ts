import { Injectable } from '@nestjs/common';
import { invalid, refused } from '@tidegate/errors';
import { hashInput, Mongo, type Transaction } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { hasAdaptive, isSameModel, type ModelSlot } from '../../domain/models/model-slot';
import { hasSameSettings } from '../../domain/models/slot-settings';
import { toAdaptiveConfig } from '../../models/adaptive-settings';
import { ModelSlotRepository } from '../../repositories/model-slot.repository';
import { SlotWriter, toRef } from '../../models/slot-writer';
import type { ModelSlotInput, PutModelSlotInput } from './put-model-slot.request';

/** A slot as it is open, or the move that waits to open it. */
export interface PutModelSlotAnswer {
  slot?: ModelSlot;
  pendingMoveId: string;
}

/**
 * Proposes to open a model slot 模型槽 with its first champion, without restart: it opens when another person approves, and what changes of an open
 * one changes by two people as well.
 */
@Injectable()
export class PutModelSlotUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly slots: ModelSlotRepository,
    private readonly writer: SlotWriter,
  ) {}

  /** @throws VALIDATION_FAILED, MODEL_NOT_FOUND, MODEL_MOVE_PENDING, MODEL_MOVE_NEEDED, REQUEST_ID_REUSED */
  execute(actor: Actor, { requestId, slot: input }: PutModelSlotInput): Promise<PutModelSlotAnswer> {
    return this.mongo.once({ scope: 'open-model-slot', requestId, input }, async (tx) => {
      const before = await this.slots.find(input.slot, tx);
      if (before !== null) return { slot: unchanged(before, input), pendingMoveId: '' };
      const opening = opened(input);
      await this.requireModels(opening, tx);
      const first = { model: opening.champion, from: 'new', to: 'champion', challengerBasisPoints: 0 } as const;
      const moveId = hashInput({ name: input.slot, requestId, opening: true }).slice(0, 24);
      const proposal = { slot: input.slot, moveId, ...first, opening, reason: '', proposedBy: actor.id };
      const { moveId: pendingMoveId } = await this.writer.propose(proposal, tx);
      return { pendingMoveId };
    });
  }

  private async requireModels({ champion, shadow }: ModelSlot, tx: Transaction): Promise<void> {
    for (const ref of [champion, shadow]) if (ref !== null) await this.writer.requireModel(ref, tx);
  }
}

/** @throws VALIDATION_FAILED */
function opened(input: ModelSlotInput): ModelSlot {
  const [champion, shadow] = [toRef(input.champion), input.shadow ? toRef(input.shadow) : null];
  const { slot, historyFactType, successOutcome, noModelBasisPoints = 0 } = input;
  const { featureSpec } = input;
  if (featureSpec === undefined && hasAdaptive([champion, shadow])) {
    throw invalid([{ field: 'slot.featureSpec', description: 'is needed for a model that learns' }]);
  }
  const adaptive = featureSpec === undefined ? null : toAdaptiveConfig(slot, featureSpec);
  const nobody = { challenger: null, challengerBasisPoints: 0, formerChampions: [], retired: [] };
  const settings = { historyFactType, successOutcome, noModelBasisPoints, adaptive };
  return { slot, champion, shadow, ...nobody, ...settings, version: 1 };
}

/** The same once more. @throws MODEL_MOVE_NEEDED, VALIDATION_FAILED */
function unchanged(before: ModelSlot, input: ModelSlotInput): ModelSlot {
  const { slot, featureSpec, shadow, historyFactType, successOutcome } = input;
  const { noModelBasisPoints = before.noModelBasisPoints } = input;
  const adaptive = featureSpec === undefined ? before.adaptive : toAdaptiveConfig(slot, featureSpec);
  const isSame =
    isSameModel(before.champion, toRef(input.champion)) &&
    (shadow === undefined ? before.shadow === null : isSameModel(before.shadow, toRef(shadow))) &&
    hasSameSettings(before, { historyFactType, successOutcome, noModelBasisPoints, adaptive });
  if (isSame) return before;
  throw refused(
    'MODEL_MOVE_NEEDED',
    'What changes of an open slot changes by two people: propose a move, or settings.',
  );
}
