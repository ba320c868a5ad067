import { Injectable } from '@nestjs/common';
import { hashInput, Mongo } from '@tidegate/mongo';
import type { Actor } from '@tidegate/observability';
import type { ModelMove } from '../../../domain/models/model-move';
import type { SlotSettings } from '../../../domain/models/model-slot';
import { changeSettings } from '../../../domain/models/slot-settings';
import { toAdaptiveConfig } from '../../adaptive-settings';
import { SlotWriter } from '../../slot-writer';
import type { ProposeSlotSettingsInput } from './propose-slot-settings.request';

/** Proposes other settings of an open slot; nothing changes until another person approves them, as with a move. */
@Injectable()
export class ProposeSlotSettingsUseCase {
  constructor(
    private readonly mongo: Mongo,
    private readonly writer: SlotWriter,
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
      const stays = { model: slot.champion, from: 'champion', to: 'champion', challengerBasisPoints: 0 } as const;
      const moveId = hashInput({ name, requestId, settings: true }).slice(0, 24);
      return this.writer.propose({ slot: name, moveId, ...stays, settings, reason, proposedBy: actor.id }, tx);
    });
  }
}
