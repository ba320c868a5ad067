import { Injectable } from '@nestjs/common';
import { notFound, refused } from '@tidegate/errors';
import type { TargetReport } from '../../../domain/models/adaptive-model';
import type { LearningPoint } from '../../../domain/models/learning-curve';
import { HeldState } from '../../../engine/held-state';
import { ModelRegistry } from '../../../engine/model-registry';

const FEATURES_PER_TARGET = 20;

/** What the adaptive model of a slot has learnt by now, of all and of each action and channel. */
@Injectable()
export class GetLearningReportUseCase {
  constructor(
    private readonly models: ModelRegistry,
    private readonly held: HeldState,
  ) {}

  /** @throws MODEL_SLOT_NOT_FOUND, MODEL_DOES_NOT_LEARN */
  async execute(name: string): Promise<{ targets: TargetReport[]; points: LearningPoint[] }> {
    await this.held.refresh();
    const loaded = this.models.find(name);
    if (loaded === undefined) throw notFound('MODEL_SLOT_NOT_FOUND', 'There is no model slot of this name.');
    if (loaded.learner === null) throw refused('MODEL_DOES_NOT_LEARN', 'No model of this slot learns.');
    await loaded.learner.catchUp();
    const { model } = loaded.learner;
    return { targets: model.reportTargets(FEATURES_PER_TARGET), points: model.reportCurve() };
  }
}
