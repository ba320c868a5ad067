import type * as rpc from '@tidegate/contracts/arbitration/v1/arbitration';
import { shown } from '../../http/shown';

export class ModelRef implements rpc.ModelRef {
  @shown.text('adaptive, onnx, remote.') kind!: string;
  @shown.text("onnx, remote: the model's id.") modelId!: string;
}

export class ModelSlot implements rpc.ModelSlot {
  @shown.text() slot!: string;
  @shown.part(() => ModelRef) champion!: ModelRef | undefined;
  @shown.part(() => ModelRef, 'Scored and recorded, never used; unset for none.') shadow!: ModelRef | undefined;
  @shown.text(
    'Fact type that teaches it with past outcomes, e.g. campaign-outcome with data.action_id and data.outcome.',
  )
  historyFactType!: string;
  @shown.text('Outcome that counts as success, e.g. converted.') successOutcome!: string;
  @shown.json("The adaptive model's features (see docs of the arbitration service).")
  featureSpec!: Record<string, unknown> | undefined;
  @shown.whole() version!: number;
  @shown.part(() => ModelRef, 'Ranks for a share of the people; unset for none.') challenger!: ModelRef | undefined;
  @shown.whole('Share of the people whom the challenger ranks, in hundredths of a percent.')
  challengerBasisPoints!: number;
  @shown.whole('Share of the people ranked by base rates (the no-model group), in hundredths of a percent.')
  noModelBasisPoints!: number;
  @shown.parts(() => ModelRef, 'The last one first; a roll-back goes to the first.') formerChampions!: ModelRef[];
  @shown.parts(
    () => ModelRef,
    'Retired otherwise, or champion too long ago to go back to; the last one first, at most 20.',
  )
  retiredModels!: ModelRef[];
}

export class LearntFeature implements rpc.LearntFeature {
  @shown.text() name!: string;
  @shown.decimal() weight!: number;
}

export class CalibrationBin implements rpc.CalibrationBin {
  @shown.decimal() predictedMean!: number;
  @shown.decimal() observedRate!: number;
  @shown.whole() count!: number;
}

export class ModelReport implements rpc.ModelReport {
  @shown.whole() outcomeCount!: number;
  @shown.whole() successCount!: number;
  @shown.decimal() logLoss!: number;
  @shown.parts(() => LearntFeature) features!: LearntFeature[];
  @shown.parts(() => CalibrationBin) calibration!: CalibrationBin[];
}

export class PutModelSlotResponse implements rpc.PutModelSlotResponse {
  @shown.part(() => ModelSlot, 'As it is open; absent while its opening waits.') slot!: ModelSlot | undefined;
  @shown.text('The waiting move that opens it; empty of an open slot.') pendingMoveId!: string;
}

export class GetModelSlotResponse implements rpc.GetModelSlotResponse {
  @shown.part(() => ModelSlot) slot!: ModelSlot | undefined;
  @shown.part(() => ModelReport) report!: ModelReport | undefined;
}

export class UploadOnnxModelResponse implements rpc.UploadOnnxModelResponse {
  @shown.text() modelId!: string;
  @shown.decimal('Of the dry run, per row.') dryRunMs!: number;
}
