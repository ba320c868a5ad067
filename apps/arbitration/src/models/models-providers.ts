import type { Provider } from '@nestjs/common';
import { ArbitrationConfig } from '../arbitration.config';
import { ModelTrials } from './model-trials';
import { RemoteScoringTask } from './remote-scoring.task';
import { ModelMoveRepository } from './repositories/model-move.repository';
import { RemoteSweepRepository } from './repositories/remote-sweep.repository';
import { SlotWriter } from './slot-writer';
import { GetLearningReportUseCase } from './use-cases/get-learning-report/get-learning-report.use-case';
import { GetModelUseCase } from './use-cases/get-model/get-model.use-case';
import { ListModelMovesUseCase } from './use-cases/list-model-moves/list-model-moves.use-case';
import { ListModelSlotsUseCase } from './use-cases/list-model-slots/list-model-slots.use-case';
import { ListModelsUseCase } from './use-cases/list-models/list-models.use-case';
import { ProposeSlotSettingsUseCase } from './use-cases/propose-slot-settings/propose-slot-settings.use-case';
import { ProposeModelMoveUseCase } from './use-cases/propose-model-move/propose-model-move.use-case';
import { RegisterRemoteModelUseCase } from './use-cases/register-remote-model/register-remote-model.use-case';
import { RollBackModelSlotUseCase } from './use-cases/roll-back-model-slot/roll-back-model-slot.use-case';
import { SettleModelMoveUseCase } from './use-cases/settle-model-move/settle-model-move.use-case';
import { TryModelUseCase } from './use-cases/try-model/try-model.use-case';

/** All that models and their life in a slot need; the controller is `ModelsController`. */
export const MODEL_PROVIDERS: Provider[] = [
  { provide: ArbitrationConfig, useFactory: () => new ArbitrationConfig() },
  ModelMoveRepository,
  RemoteSweepRepository,
  SlotWriter,
  ModelTrials,
  RemoteScoringTask,
  ProposeModelMoveUseCase,
  ProposeSlotSettingsUseCase,
  SettleModelMoveUseCase,
  RollBackModelSlotUseCase,
  ListModelMovesUseCase,
  ListModelSlotsUseCase,
  RegisterRemoteModelUseCase,
  GetModelUseCase,
  ListModelsUseCase,
  TryModelUseCase,
  GetLearningReportUseCase,
];
