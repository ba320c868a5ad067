import { Injectable } from '@nestjs/common';
import { notFound } from '@tidegate/errors';
import { modelLifts, modelRatioP, type GroupSums, type ModelLift } from '../../domain/model-effect';
import { ModelEffectReportRepository } from '../../repositories/model-effect-report.repository';
import type { GetModelEffectInput } from './get-model-effect.request';

export interface ModelEffect {
  groups: GroupSums[];
  lifts: ModelLift[];
  sampleRatioP: number;
}

/** Model group against non-model group: what each group's decisions of a slot brought. */
@Injectable()
export class GetModelEffectUseCase {
  constructor(private readonly report: ModelEffectReportRepository) {}

  /** @throws MODEL_SLOT_UNKNOWN when the slot had no part in any decision */
  async execute({ slot, outcome, from }: GetModelEffectInput): Promise<ModelEffect> {
    const groups = await this.report.count(slot, outcome || 'converted', from);
    if (groups.length === 0) throw notFound('MODEL_SLOT_UNKNOWN', 'This model slot had no part in any decision.');
    return { groups, lifts: modelLifts(groups), sampleRatioP: modelRatioP(groups) };
  }
}
