import { Injectable } from '@nestjs/common';
import { refused } from '@tidegate/errors';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import { Clock } from '@tidegate/service';
import type { ModelMove } from '../../../domain/models/model-move';
import type { SlotSettings } from '../../../domain/models/model-slot';
import { changeSettings } from '../../../domain/models/slot-settings';
import { toAdaptiveConfig } from '../../adaptive-settings';
import { ModelMoveRepository } from '../../repositories/model-move.repository';
import { SlotWriter } from '../../slot-writer';
import type { ProposeSlotSettingsInput } from './propose-slot-settings.request';

/** Proposes other settings of an open slot; nothing changes until another person approves them, as with a move. */
@Injectable()
export class ProposeSlotSettingsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly moves: ModelMoveRepository,
    private readonly writer: SlotWriter,
    private readonly clock: Clock,
  ) {}

  /** @throws MODEL_SLOT_NOT_FOUND, MODEL_SETTINGS_SAME, MODEL_MOVE_PENDING, VALIDATION_FAILED, REQUEST_ID_REUSED */
  execute(actor: Actor, input: ProposeSlotSettingsInput): Promise<ModelMove> {
    const { requestId, slot: name, reason } = input;
    return this.mongo.once({ scope: 'propose-slot-settings', requestId, input }, async (tx) => {
      const slot = await this.writer.get(name, tx);
      const { featureSpec, ...said } = input.settings;
      const adaptive = featureSpec === undefined ? slot.adaptive : toAdaptiveConfig(name, featureSpec);
      const settings: SlotSettings = { ...said, adaptive };
      // A trial: what could not be done now is not worth a second person's time.
      changeSettings(slot, settings);
      const last = await this.moves.findLast(name, tx);
      if (last?.state === 'pending') throw refused('MODEL_MOVE_PENDING', 'Another move waits in this slot.');
      const move: ModelMove = {
        slot: name,
        number: (last?.number ?? 0) + 1,
        moveId: hashInput({ name, requestId, settings: true }).slice(0, 24),
        model: slot.champion,
        from: 'champion',
        to: 'champion',
        challengerBasisPoints: 0,
        settings,
        reason,
        proposedBy: actor.id,
        proposedAt: this.clock.now(),
        state: 'pending',
        settledBy: '',
        settledAt: null,
        note: '',
        slotVersion: 0,
      };
      await this.moves.add(move, tx);
      return move;
    });
  }
}
