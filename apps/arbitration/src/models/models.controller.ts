import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/arbitration/v1/models';
import { actorOf, GrpcController, requireHeadOffice, validated, type Handlers } from '@tidegate/grpc';
import { toModelSlotMessage } from '../engine/model-message';
import {
  toListedModel,
  toModelMessage,
  toMoveMessage,
  toPointMessage,
  toSlotRow,
  toTargetMessage,
} from './models-message';
import { GetLearningReportUseCase } from './use-cases/get-learning-report/get-learning-report.use-case';
import { GetModelUseCase } from './use-cases/get-model/get-model.use-case';
import { ListModelMovesInput } from './use-cases/list-model-moves/list-model-moves.request';
import { ListModelMovesUseCase } from './use-cases/list-model-moves/list-model-moves.use-case';
import { ListModelSlotsInput } from './use-cases/list-model-slots/list-model-slots.request';
import { ListModelSlotsUseCase } from './use-cases/list-model-slots/list-model-slots.use-case';
import { ListModelsInput } from './use-cases/list-models/list-models.request';
import { ListModelsUseCase } from './use-cases/list-models/list-models.use-case';
import { ProposeModelMoveInput } from './use-cases/propose-model-move/propose-model-move.request';
import { ProposeModelMoveUseCase } from './use-cases/propose-model-move/propose-model-move.use-case';
import { ProposeSlotSettingsInput } from './use-cases/propose-slot-settings/propose-slot-settings.request';
import { ProposeSlotSettingsUseCase } from './use-cases/propose-slot-settings/propose-slot-settings.use-case';
import { RegisterRemoteModelInput } from './use-cases/register-remote-model/register-remote-model.request';
import { RegisterRemoteModelUseCase } from './use-cases/register-remote-model/register-remote-model.use-case';
import { RollBackModelSlotInput } from './use-cases/roll-back-model-slot/roll-back-model-slot.request';
import { RollBackModelSlotUseCase } from './use-cases/roll-back-model-slot/roll-back-model-slot.use-case';
import { SettleModelMoveInput } from './use-cases/settle-model-move/settle-model-move.request';
import { SettleModelMoveUseCase } from './use-cases/settle-model-move/settle-model-move.use-case';
import { TryModelInput } from './use-cases/try-model/try-model.request';
import { TryModelUseCase } from './use-cases/try-model/try-model.use-case';

type Rpcs = Handlers<typeof rpc.ModelsServiceService>;

/** The inlets of models 模型 and their life in a slot: validate, call, map. */
@GrpcController(rpc.ModelsServiceService)
export class ModelsController implements Rpcs {
  constructor(
    private readonly proposeModelMoveUseCase: ProposeModelMoveUseCase,
    private readonly proposeSlotSettingsUseCase: ProposeSlotSettingsUseCase,
    private readonly settleModelMoveUseCase: SettleModelMoveUseCase,
    private readonly rollBackModelSlotUseCase: RollBackModelSlotUseCase,
    private readonly listModelMovesUseCase: ListModelMovesUseCase,
    private readonly listModelSlotsUseCase: ListModelSlotsUseCase,
    private readonly registerRemoteModelUseCase: RegisterRemoteModelUseCase,
    private readonly getModelUseCase: GetModelUseCase,
    private readonly listModelsUseCase: ListModelsUseCase,
    private readonly tryModelUseCase: TryModelUseCase,
    private readonly getLearningReportUseCase: GetLearningReportUseCase,
  ) {}

  async proposeModelMove(
    request: rpc.ProposeModelMoveRequest,
    metadata: Metadata,
  ): Promise<rpc.ProposeModelMoveResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const move = await this.proposeModelMoveUseCase.execute(actor, validated(ProposeModelMoveInput, request));
    return { move: toMoveMessage(move) };
  }

  async proposeSlotSettings(
    request: rpc.ProposeSlotSettingsRequest,
    metadata: Metadata,
  ): Promise<rpc.ProposeSlotSettingsResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const move = await this.proposeSlotSettingsUseCase.execute(actor, validated(ProposeSlotSettingsInput, request));
    return { move: toMoveMessage(move) };
  }

  async settleModelMove(request: rpc.SettleModelMoveRequest, metadata: Metadata): Promise<rpc.SettleModelMoveResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const { move, slot } = await this.settleModelMoveUseCase.execute(actor, validated(SettleModelMoveInput, request));
    return { move: toMoveMessage(move), slot: slot && toModelSlotMessage(slot) };
  }

  async rollBackModelSlot(
    request: rpc.RollBackModelSlotRequest,
    metadata: Metadata,
  ): Promise<rpc.RollBackModelSlotResponse> {
    const actor = actorOf(metadata);
    requireHeadOffice(actor);
    const input = validated(RollBackModelSlotInput, request);
    const { move, slot } = await this.rollBackModelSlotUseCase.execute(actor, input);
    return { move: toMoveMessage(move), slot: toModelSlotMessage(slot) };
  }

  async listModelMoves(request: rpc.ListModelMovesRequest): Promise<rpc.ListModelMovesResponse> {
    const { moves, nextPageToken } = await this.listModelMovesUseCase.execute(validated(ListModelMovesInput, request));
    return { moves: moves.map(toMoveMessage), nextPageToken };
  }

  async listModelSlots(request: rpc.ListModelSlotsRequest): Promise<rpc.ListModelSlotsResponse> {
    const { slots, nextPageToken } = await this.listModelSlotsUseCase.execute(validated(ListModelSlotsInput, request));
    return { slots: slots.map(toSlotRow), nextPageToken };
  }

  async registerRemoteModel(
    request: rpc.RegisterRemoteModelRequest,
    metadata: Metadata,
  ): Promise<rpc.RegisterRemoteModelResponse> {
    requireHeadOffice(actorOf(metadata));
    const model = await this.registerRemoteModelUseCase.execute(validated(RegisterRemoteModelInput, request));
    return { model: toModelMessage(model) };
  }

  async getModel({ modelId }: rpc.GetModelRequest): Promise<rpc.GetModelResponse> {
    return { model: toModelMessage(await this.getModelUseCase.execute(modelId)) };
  }

  async listModels(request: rpc.ListModelsRequest): Promise<rpc.ListModelsResponse> {
    const { models, nextPageToken } = await this.listModelsUseCase.execute(validated(ListModelsInput, request));
    return { models: models.map(toListedModel), nextPageToken };
  }

  async tryModel(request: rpc.TryModelRequest, metadata: Metadata): Promise<rpc.TryModelResponse> {
    requireHeadOffice(actorOf(metadata));
    return { model: toModelMessage(await this.tryModelUseCase.execute(validated(TryModelInput, request))) };
  }

  async getLearningReport({ slot }: rpc.GetLearningReportRequest): Promise<rpc.GetLearningReportResponse> {
    const { targets, points } = await this.getLearningReportUseCase.execute(slot);
    return { slot, targets: targets.map(toTargetMessage), points: points.map(toPointMessage) };
  }
}
