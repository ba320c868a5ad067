import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import type { AdaptiveModelReport } from '../../domain/models/adaptive-model';
import type { ModelSlot } from '../../domain/models/model-slot';
import { HeldState } from '../../engine/held-state';
import { ModelRegistry } from '../../engine/model-registry';

const FEATURES_PER_SIDE = 15;

/** A slot's configuration, and what its learning model has learnt by now. */
@Injectable()
export class GetModelSlotUseCase {
  constructor(
    private readonly models: ModelRegistry,
    private readonly held: HeldState,
  ) {}

  /** The report is null without a model that learns. @throws MODEL_SLOT_NOT_FOUND */
  async execute(name: string): Promise<{ slot: ModelSlot; report: AdaptiveModelReport | null }> {
    await this.held.refresh();
    const loaded = this.models.find(name);
    if (loaded === undefined) throw notFound('MODEL_SLOT_NOT_FOUND', 'There is no model slot of this name.');
    await loaded.learner?.catchUp();
    return { slot: loaded.slot, report: loaded.learner?.model.report(FEATURES_PER_SIDE) ?? null };
  }
}
