import type * as rpc from '@tidegate/contracts/arbitration/v1/models';
import type { TargetReport } from '../domain/models/adaptive-model';
import type { LearningPoint } from '../domain/models/learning-curve';
import type { ModelMove } from '../domain/models/model-move';
import type { SlotSettings } from '../domain/models/model-slot';
import type { ModelTrial } from '../domain/models/model-trial';
import type { StoredModel } from '../domain/models/stored-model';
import type { ListedSlot } from './use-cases/list-model-slots/list-model-slots.use-case';
import { toModelSlotMessage, toRefMessage } from '../engine/model-message';

export const toMoveMessage = (move: ModelMove): rpc.ModelMove => ({
  slot: move.slot,
  moveId: move.moveId,
  model: toRefMessage(move.model),
  fromStage: move.from,
  toStage: move.to,
  challengerBasisPoints: move.challengerBasisPoints,
  reason: move.reason,
  proposedBy: move.proposedBy,
  proposedAt: move.proposedAt,
  state: move.state,
  settledBy: move.settledBy,
  settledAt: move.settledAt ?? undefined,
  note: move.note,
  slotVersion: move.slotVersion,
  settings: move.settings && toSettingsMessage(move.settings),
  opening: move.opening && toModelSlotMessage(move.opening),
});

export const toSlotRow = ({ name, slot, pendingMove }: ListedSlot): rpc.ModelSlotRow => ({
  slot: name,
  open: slot && toModelSlotMessage(slot),
  pendingMove: pendingMove && toMoveMessage(pendingMove),
});

const toSettingsMessage = ({ adaptive, ...settings }: SlotSettings): rpc.SlotSettings => ({
  ...settings,
  featureSpec: adaptive === null ? undefined : { ...adaptive },
});

export const toListedModel = (model: StoredModel): rpc.Model => ({
  modelId: model.modelId,
  kind: model.kind,
  name: model.name,
  inputSpec: undefined,
  trial: model.trial === null ? undefined : toTrialMessage(model.trial),
  baseUrl: model.remote?.baseUrl ?? '',
  remoteName: model.remote?.name ?? '',
  remoteVersion: model.remote?.version ?? '',
  scoreMaxAgeSeconds: model.remote?.scoreMaxAgeSeconds ?? 0,
});

export const toModelMessage = (model: StoredModel): rpc.Model => ({
  ...toListedModel(model),
  inputSpec: { ...model.contract },
});

const toTrialMessage = (trial: ModelTrial): rpc.ModelTrial => ({ ...trial, bins: [...trial.bins] });

export const toTargetMessage = (report: TargetReport): rpc.TargetReport => {
  const [actionId = '', channel = ''] = report.target.split('|');
  return {
    actionId,
    channel,
    outcomeCount: report.count,
    successCount: report.positives,
    baseRate: report.baseRate,
    logLoss: report.logLoss,
    brier: report.brier,
    auc: report.auc,
    liftTopTenth: report.liftTopTenth,
    isRecalibrated: report.isRecalibrated,
    calibrationSlope: report.slope,
    calibrationIntercept: report.intercept,
    features: report.features.map(({ feature, weight, seen }) => ({ name: feature, weight, seenCount: seen })),
    calibration: report.calibration.map(({ meanScore, outcomeRate, count }) => ({
      predictedMean: meanScore,
      observedRate: outcomeRate,
      count,
    })),
  };
};

export const toPointMessage = ({ count, positives, ...rest }: LearningPoint): rpc.LearningPoint => ({
  ...rest,
  outcomeCount: count,
  successCount: positives,
});
