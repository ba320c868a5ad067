import type * as rpc from '@tidegate/contracts/arbitration/v1/models';
import { shown } from '../../http/shown';
import { CalibrationBin, ModelRef, ModelSlot } from './model-slot.response';

export class SlotSettings implements rpc.SlotSettings {
  @shown.text() historyFactType!: string;
  @shown.text() successOutcome!: string;
  @shown.json('What is learnt, and how; unset where no model of the slot learns.')
  featureSpec!: Record<string, unknown> | undefined;
  @shown.whole('Share of the people ranked by base rates (the no-model group), in hundredths of a percent.')
  noModelBasisPoints!: number;
}

/** A move of a model in a slot 模型槽, waiting or settled, or another change of the slot. */
export class ModelMove implements rpc.ModelMove {
  @shown.text() slot!: string;
  @shown.text() moveId!: string;
  @shown.part(() => ModelRef) model!: ModelRef | undefined;
  @shown.text('new, shadow, challenger, champion, retired.') fromStage!: string;
  @shown.text() toStage!: string;
  @shown.whole() challengerBasisPoints!: number;
  @shown.text() reason!: string;
  @shown.text() proposedBy!: string;
  @shown.time() proposedAt!: Date | undefined;
  @shown.text('pending, approved, rejected, withdrawn, rolled_back, dropped, configured.') state!: string;
  @shown.text() settledBy!: string;
  @shown.time() settledAt!: Date | undefined;
  @shown.text() note!: string;
  @shown.whole('Of the slot after it; 0 while it waits.') slotVersion!: number;
  @shown.part(() => SlotSettings, 'Of a change of settings; the model stays where it is.')
  settings!: SlotSettings | undefined;
  @shown.part(() => ModelSlot, 'Of the move that opens the slot: all of it as it will be.')
  opening!: ModelSlot | undefined;
}

export class ProposeSlotSettingsResponse implements rpc.ProposeSlotSettingsResponse {
  @shown.part(() => ModelMove) move!: ModelMove | undefined;
}

export class ProposeModelMoveResponse implements rpc.ProposeModelMoveResponse {
  @shown.part(() => ModelMove) move!: ModelMove | undefined;
}

export class SettleModelMoveResponse implements rpc.SettleModelMoveResponse {
  @shown.part(() => ModelMove) move!: ModelMove | undefined;
  @shown.part(() => ModelSlot, 'Absent where an opening was rejected.') slot!: ModelSlot | undefined;
}

export class RollBackModelSlotResponse implements rpc.RollBackModelSlotResponse {
  @shown.part(() => ModelMove) move!: ModelMove | undefined;
  @shown.part(() => ModelSlot) slot!: ModelSlot | undefined;
}

export class ListModelMovesResponse implements rpc.ListModelMovesResponse {
  @shown.parts(() => ModelMove) moves!: ModelMove[];
  @shown.text() nextPageToken!: string;
}

/** A slot, or one that waits to be opened. */
export class ModelSlotRow implements rpc.ModelSlotRow {
  @shown.text() slot!: string;
  @shown.part(() => ModelSlot, 'As it is open; absent while its opening waits.') open!: ModelSlot | undefined;
  @shown.part(() => ModelMove, 'What waits for a second person; absent where nothing does.')
  pendingMove!: ModelMove | undefined;
}

export class ListModelSlotsResponse implements rpc.ListModelSlotsResponse {
  @shown.parts(() => ModelSlotRow) slots!: ModelSlotRow[];
  @shown.text() nextPageToken!: string;
}

export class ScoreBin implements rpc.ScoreBin {
  @shown.decimal() upTo!: number;
  @shown.whole('Customers who scored above the bin before and up to this end.') count!: number;
}

/** A trial of a model on real customers. */
export class ModelTrial implements rpc.ModelTrial {
  @shown.time() triedAt!: Date | undefined;
  @shown.whole() rowCount!: number;
  @shown.decimal('Of one row alone, in milliseconds.') latencyP50Ms!: number;
  @shown.decimal() latencyP99Ms!: number;
  @shown.decimal() scoreMin!: number;
  @shown.decimal() scoreMax!: number;
  @shown.decimal() scoreMean!: number;
  @shown.parts(() => ScoreBin) bins!: ScoreBin[];
}

/** A trained model, in the process (onnx) or served elsewhere (remote). */
export class Model implements rpc.Model {
  @shown.text() modelId!: string;
  @shown.text('onnx, remote.') kind!: string;
  @shown.text() name!: string;
  @shown.json('As it was given; not in lists.') inputSpec!: Record<string, unknown> | undefined;
  @shown.part(() => ModelTrial) trial!: ModelTrial | undefined;
  @shown.text('remote only, as the next three.') baseUrl!: string;
  @shown.text() remoteName!: string;
  @shown.text() remoteVersion!: string;
  @shown.whole() scoreMaxAgeSeconds!: number;
}

export class RegisterRemoteModelResponse implements rpc.RegisterRemoteModelResponse {
  @shown.part(() => Model) model!: Model | undefined;
}

export class GetModelResponse implements rpc.GetModelResponse {
  @shown.part(() => Model) model!: Model | undefined;
}

export class ListModelsResponse implements rpc.ListModelsResponse {
  @shown.parts(() => Model) models!: Model[];
  @shown.text() nextPageToken!: string;
}

export class TryModelResponse implements rpc.TryModelResponse {
  @shown.part(() => Model) model!: Model | undefined;
}

export class WeighedFeature implements rpc.WeighedFeature {
  @shown.text() name!: string;
  @shown.decimal('In log-odds; above 0 speaks for success.') weight!: number;
  @shown.whole('Outcomes it was seen in.') seenCount!: number;
}

/** What was learnt of one action on one channel; both empty for all together. */
export class TargetReport implements rpc.TargetReport {
  @shown.text() actionId!: string;
  @shown.text() channel!: string;
  @shown.whole() outcomeCount!: number;
  @shown.whole() successCount!: number;
  @shown.decimal() baseRate!: number;
  @shown.decimal() logLoss!: number;
  @shown.decimal() brier!: number;
  @shown.decimal('0.5 when it cannot be told.') auc!: number;
  @shown.decimal('Success rate of the tenth that scored highest over the base rate.') liftTopTenth!: number;
  @shown.flag('Only while recalibrating loses less than leaving the scores.') isRecalibrated!: boolean;
  @shown.decimal() calibrationSlope!: number;
  @shown.decimal() calibrationIntercept!: number;
  @shown.parts(() => WeighedFeature, 'Strongest first.') features!: WeighedFeature[];
  @shown.parts(() => CalibrationBin) calibration!: CalibrationBin[];
}

/** One window of outcomes in a row, each scored before it was learnt. */
export class LearningPoint implements rpc.LearningPoint {
  @shown.whole() outcomeCount!: number;
  @shown.whole() successCount!: number;
  @shown.decimal() auc!: number;
  @shown.decimal() liftTopTenth!: number;
  @shown.decimal() logLoss!: number;
  @shown.decimal() brier!: number;
  @shown.decimal() baseRate!: number;
}

export class GetLearningReportResponse implements rpc.GetLearningReportResponse {
  @shown.text() slot!: string;
  @shown.parts(() => TargetReport) targets!: TargetReport[];
  @shown.parts(() => LearningPoint, 'Oldest first.') points!: LearningPoint[];
}
