import type {
  ModelRef as ModelRefMessage,
  ModelReport,
  ModelSlot as ModelSlotMessage,
} from '@tidegate/contracts/arbitration/v1/arbitration';
import type { AdaptiveModelReport } from '../domain/models/adaptive-model';
import type { ModelRef, ModelSlot } from '../domain/models/model-slot';

export const toRefMessage = (ref: ModelRef): ModelRefMessage => ({
  kind: ref.kind,
  modelId: ref.kind === 'adaptive' ? '' : ref.modelId,
});

/** A model slot as callers see it. */
export const toModelSlotMessage = (slot: ModelSlot): ModelSlotMessage => ({
  slot: slot.slot,
  champion: toRefMessage(slot.champion),
  shadow: slot.shadow === null ? undefined : toRefMessage(slot.shadow),
  historyFactType: slot.historyFactType,
  successOutcome: slot.successOutcome,
  featureSpec: slot.adaptive === null ? undefined : { ...slot.adaptive },
  version: slot.version,
  challenger: slot.challenger === null ? undefined : toRefMessage(slot.challenger),
  challengerBasisPoints: slot.challengerBasisPoints,
  noModelBasisPoints: slot.noModelBasisPoints,
  formerChampions: slot.formerChampions.map(toRefMessage),
  retiredModels: slot.retired.map(toRefMessage),
});

/** What a learning model has learnt; log-loss is of the scores as they were before each outcome was known. */
export const toModelReport = (report: AdaptiveModelReport): ModelReport => ({
  outcomeCount: report.count,
  successCount: report.positives,
  logLoss: report.logLoss,
  features: [...report.topPositive, ...report.topNegative].map(({ feature, weight }) => ({ name: feature, weight })),
  calibration: report.calibration.map(({ meanScore, outcomeRate, count }) => ({
    predictedMean: meanScore,
    observedRate: outcomeRate,
    count,
  })),
});
