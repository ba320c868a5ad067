import { Module } from '@nestjs/common';
import { ArbitrationConsumer } from './arbitration.consumer';
import { ArbitrationController } from './arbitration.controller';
import { BENEFIT_STOCKS_PROVIDERS } from './benefit-stocks/benefit-stocks-providers';
import { EngagementController } from './engagement.controller';
import { CapacityMover } from './engine/capacity-mover';
import { CustomerCache } from './engine/customer-cache';
import { CustomerWriter } from './engine/customer-writer';
import { ChannelHours } from './engine/channel-hours';
import { DecisionEngine } from './engine/decision-engine';
import { DecisionRetractor } from './engine/decision-retractor';
import { DecisionTeller } from './engine/decision-teller';
import { EngagementHolder } from './engine/engagement-holder';
import { HeldState } from './engine/held-state';
import { LearningTask } from './engine/learning.task';
import { LiveStrategies } from './engine/live-strategies';
import { Previewer } from './engine/previewer';
import { PushAccess } from './engine/push-access';
import { ModelRegistry } from './engine/model-registry';
import { OutcomeRecorder } from './engine/outcome-recorder';
import { PolicyHolder } from './engine/policy-holder';
import { PushBatch } from './engine/push-batch';
import { PushContexts } from './engine/push-context';
import { PushPlanner } from './engine/push-planner';
import { PushScorer } from './engine/push-scorer';
import { PushWorker } from './engine/push-worker';
import { QueuedDecisions } from './engine/queued-decisions';
import { StrategyCatalogue } from './engine/strategy-catalogue';
import { CandidateListRepository } from './repositories/candidate-list.repository';
import { CapacityRepository } from './repositories/capacity.repository';
import { ContactPolicyRepository } from './repositories/contact-policy.repository';
import { CustomerStateRepository } from './repositories/customer-state.repository';
import { DecisionRepository } from './repositories/decision.repository';
import { EngagementPolicyRepository } from './repositories/engagement-policy.repository';
import { LessonRepository } from './repositories/lesson.repository';
import { ModelSlotRepository } from './repositories/model-slot.repository';
import { PushPartRepository } from './repositories/push-part.repository';
import { PushRepository } from './repositories/push.repository';
import { RevisionRepository } from './repositories/revision.repository';
import { StockPromiseRepository } from './repositories/stock-promise.repository';
import { StrategyRepository } from './repositories/strategy.repository';
import { PAST_FACTS_PROVIDERS } from './past-facts/past-facts-providers';
import { SHIFT_PROVIDERS } from './shifts/shift-providers';
import { ShiftsController } from './shifts/shifts.controller';
import { MODEL_PROVIDERS } from './models/models-providers';
import { ModelsController } from './models/models.controller';
import { SIMULATION_PROVIDERS } from './simulation/simulation-providers';
import { SimulationController } from './simulation/simulation.controller';
import { AppendPushMembersUseCase } from './use-cases/append-push-members/append-push-members.use-case';
import { ApplyConsentUseCase } from './use-cases/apply-consent/apply-consent.use-case';
import { ApplyHoldUseCase } from './use-cases/apply-hold/apply-hold.use-case';
import { CancelPushUseCase } from './use-cases/cancel-push/cancel-push.use-case';
import { ChangeStrategiesUseCase } from './use-cases/change-strategies/change-strategies.use-case';
import { DecideUseCase } from './use-cases/decide/decide.use-case';
import { DecideMomentsUseCase } from './use-cases/decide-moments/decide-moments.use-case';
import { FreeStoppedDecisionsUseCase } from './use-cases/free-stopped-decisions/free-stopped-decisions.use-case';
import { SettleDueDecisionsUseCase } from './use-cases/settle-due-decisions/settle-due-decisions.use-case';
import { FollowLeadsUseCase } from './use-cases/follow-leads/follow-leads.use-case';
import { DropPushPartsUseCase } from './use-cases/drop-push-parts/drop-push-parts.use-case';
import { GetContactPolicyUseCase } from './use-cases/get-contact-policy/get-contact-policy.use-case';
import { ExplainDecisionUseCase } from './use-cases/explain-decision/explain-decision.use-case';
import { GetDecisionUseCase } from './use-cases/get-decision/get-decision.use-case';
import { GetEngagementPolicyUseCase } from './use-cases/get-engagement-policy/get-engagement-policy.use-case';
import { ListEngagementPoliciesUseCase } from './use-cases/list-engagement-policies/list-engagement-policies.use-case';
import { PutEngagementPolicyUseCase } from './use-cases/put-engagement-policy/put-engagement-policy.use-case';
import { GetModelSlotUseCase } from './use-cases/get-model-slot/get-model-slot.use-case';
import { QuotasController } from './quotas.controller';
import { QuotaRepository } from './repositories/quota.repository';
import { GetQuotaUseCase } from './use-cases/get-quota/get-quota.use-case';
import { ListQuotasUseCase } from './use-cases/list-quotas/list-quotas.use-case';
import { PutQuotaUseCase } from './use-cases/put-quota/put-quota.use-case';
import { GetPushUseCase } from './use-cases/get-push/get-push.use-case';
import { ListCapacityUseCase } from './use-cases/list-capacity/list-capacity.use-case';
import { ListDecisionsUseCase } from './use-cases/list-decisions/list-decisions.use-case';
import { AskServiceContactsUseCase } from './use-cases/ask-service-contacts/ask-service-contacts.use-case';
import { ListRetractionsUseCase } from './use-cases/list-retractions/list-retractions.use-case';
import { ListPushesUseCase } from './use-cases/list-pushes/list-pushes.use-case';
import { ListPushDecisionsUseCase } from './use-cases/list-push-decisions/list-push-decisions.use-case';
import { ProjectCustomersUseCase } from './use-cases/project-customers/project-customers.use-case';
import { PutCapacityUseCase } from './use-cases/put-capacity/put-capacity.use-case';
import { PutContactPolicyUseCase } from './use-cases/put-contact-policy/put-contact-policy.use-case';
import { PutModelSlotUseCase } from './use-cases/put-model-slot/put-model-slot.use-case';
import { RecordOutcomeUseCase } from './use-cases/record-outcome/record-outcome.use-case';
import { ScreenCustomersUseCase } from './use-cases/screen-customers/screen-customers.use-case';
import { StartPushUseCase } from './use-cases/start-push/start-push.use-case';
import { TeachHistoryUseCase } from './use-cases/teach-history/teach-history.use-case';
import { TeachUnansweredUseCase } from './use-cases/teach-unanswered/teach-unanswered.use-case';
import { UploadOnnxModelUseCase } from './use-cases/upload-onnx-model/upload-onnx-model.use-case';
import { RecordToldOutcomesUseCase } from './use-cases/record-told-outcomes/record-told-outcomes.use-case';

const repositories = [
  CandidateListRepository,
  CapacityRepository,
  ContactPolicyRepository,
  CustomerStateRepository,
  DecisionRepository,
  EngagementPolicyRepository,
  LessonRepository,
  ModelSlotRepository,
  PushPartRepository,
  PushRepository,
  QuotaRepository,
  RevisionRepository,
  StockPromiseRepository,
  StrategyRepository,
];

const engine = [
  CapacityMover,
  CustomerCache,
  CustomerWriter,
  DecisionEngine,
  DecisionRetractor,
  ChannelHours,
  DecisionTeller,
  EngagementHolder,
  HeldState,
  LearningTask,
  LiveStrategies,
  PushAccess,
  ModelRegistry,
  OutcomeRecorder,
  PolicyHolder,
  Previewer,
  PushBatch,
  PushContexts,
  PushPlanner,
  PushScorer,
  PushWorker,
  QueuedDecisions,
  StrategyCatalogue,
];

const useCases = [
  AppendPushMembersUseCase,
  ApplyConsentUseCase,
  ApplyHoldUseCase,
  CancelPushUseCase,
  ChangeStrategiesUseCase,
  DecideUseCase,
  DecideMomentsUseCase,
  DropPushPartsUseCase,
  FollowLeadsUseCase,
  GetContactPolicyUseCase,
  GetDecisionUseCase,
  ExplainDecisionUseCase,
  GetEngagementPolicyUseCase,
  GetModelSlotUseCase,
  GetPushUseCase,
  GetQuotaUseCase,
  ListCapacityUseCase,
  ListDecisionsUseCase,
  ListEngagementPoliciesUseCase,
  ListPushDecisionsUseCase,
  ListQuotasUseCase,
  ListPushesUseCase,
  ListRetractionsUseCase,
  AskServiceContactsUseCase,
  ProjectCustomersUseCase,
  PutCapacityUseCase,
  PutContactPolicyUseCase,
  PutEngagementPolicyUseCase,
  PutModelSlotUseCase,
  PutQuotaUseCase,
  RecordOutcomeUseCase,
  ScreenCustomersUseCase,
  FreeStoppedDecisionsUseCase,
  SettleDueDecisionsUseCase,
  StartPushUseCase,
  TeachHistoryUseCase,
  TeachUnansweredUseCase,
  UploadOnnxModelUseCase,
  RecordToldOutcomesUseCase,
];

@Module({
  controllers: [
    ArbitrationController,
    EngagementController,
    ModelsController,
    QuotasController,
    ShiftsController,
    SimulationController,
  ],
  providers: [
    ...repositories,
    ...engine,
    ...useCases,
    ArbitrationConsumer,
    ...PAST_FACTS_PROVIDERS,
    ...BENEFIT_STOCKS_PROVIDERS,
    ...SHIFT_PROVIDERS,
    ...MODEL_PROVIDERS,
    ...SIMULATION_PROVIDERS,
  ],
})
export class ArbitrationModule {}
