import { Module } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { createClient } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';
import { CopyModel } from './adapters/copy-model';
import { StrategyVersions } from './references/strategy-versions';
import { CompiledVersionRepository } from './repositories/compiled-version.repository';
import { StrategyDeskController } from './strategy-desk.controller';
import { CampaignsConfig } from './campaigns.config';
import { CampaignsConsumer } from './campaigns.consumer';
import { CampaignsController } from './campaigns.controller';
import { DateScanWorker } from './date-scan.worker';
import { MomentFiring } from './moments/moment-firing';
import { PastCounts } from './moments/past-counts';
import { MomentRuleCatalogue } from './moments/moment-rule-catalogue';
import { NameListsController } from './name-lists/name-lists.controller';
import { NAME_LIST_PROVIDERS } from './name-lists/name-list-providers';
import {
  ARBITRATION_CLIENT,
  BENEFITS_CLIENT,
  CUSTOMERS_CLIENT,
  LEADS_CLIENT,
  QUOTAS_CLIENT,
  SIMULATION_CLIENT,
} from './peers/peers';
import { Segments } from './peers/segments';
import { StrategySimulationController } from './strategy-simulation.controller';
import { StrategyNeighbours } from './peers/strategy-neighbours';
import { OpenVersionCheck } from './references/open-version-check';
import { RestoreCheck } from './references/restore-check';
import { StrategyReferences } from './references/strategy-references';
import { WordLists } from './references/word-lists';
import { ActionRepository } from './repositories/action.repository';
import { CustomerRepository } from './repositories/customer.repository';
import { MomentRepository } from './repositories/moment.repository';
import { ScriptRepository } from './repositories/script.repository';
import { SnapshotRepository } from './repositories/snapshot.repository';
import { StrategyRepository } from './repositories/strategy.repository';
import { CheckStrategyUseCase } from './use-cases/check-strategy/check-strategy.use-case';
import { ListStrategyVersionsUseCase } from './use-cases/list-strategy-versions/list-strategy-versions.use-case';
import { DiffStrategyVersionsUseCase } from './use-cases/diff-strategy-versions/diff-strategy-versions.use-case';
import { RollBackStrategyUseCase } from './use-cases/roll-back-strategy/roll-back-strategy.use-case';
import { DraftFromTemplateUseCase } from './use-cases/draft-from-template/draft-from-template.use-case';
import { CheckCopyUseCase } from './use-cases/check-copy/check-copy.use-case';
import { ListWordListsUseCase } from './use-cases/list-word-lists/list-word-lists.use-case';
import { DraftCopyUseCase } from './use-cases/draft-copy/draft-copy.use-case';
import { ListScriptsUseCase } from './use-cases/list-scripts/list-scripts.use-case';
import { ListScriptVersionsUseCase } from './use-cases/list-script-versions/list-script-versions.use-case';
import { RenderScriptUseCase } from './use-cases/render-script/render-script.use-case';
import { PutGoalUseCase } from './use-cases/put-goal/put-goal.use-case';
import { GetGoalUseCase } from './use-cases/get-goal/get-goal.use-case';
import { ListGoalsUseCase } from './use-cases/list-goals/list-goals.use-case';
import { FollowGoalsUseCase } from './use-cases/follow-goals/follow-goals.use-case';
import { GoalsConsumer } from './goals.consumer';
import { GoalsController } from './goals.controller';
import { GoalRepository } from './repositories/goal.repository';
import { RecentFactRepository } from './repositories/recent-fact.repository';
import { ApproveStrategyUseCase } from './use-cases/approve-strategy/approve-strategy.use-case';
import { CreateStrategyUseCase } from './use-cases/create-strategy/create-strategy.use-case';
import { DiscardStrategyUseCase } from './use-cases/discard-strategy/discard-strategy.use-case';
import { DetectMomentsUseCase } from './use-cases/detect-moments/detect-moments.use-case';
import { GetActionUseCase } from './use-cases/get-action/get-action.use-case';
import { GetScriptUseCase } from './use-cases/get-script/get-script.use-case';
import { GetStrategyUseCase } from './use-cases/get-strategy/get-strategy.use-case';
import { ListActionsUseCase } from './use-cases/list-actions/list-actions.use-case';
import { ListStrategiesUseCase } from './use-cases/list-strategies/list-strategies.use-case';
import { MoveStrategyUseCase } from './use-cases/move-strategy/move-strategy.use-case';
import { ProjectCustomersUseCase } from './use-cases/project-customers/project-customers.use-case';
import { PutActionUseCase } from './use-cases/put-action/put-action.use-case';
import { PutScriptUseCase } from './use-cases/put-script/put-script.use-case';
import { RejectStrategyUseCase } from './use-cases/reject-strategy/reject-strategy.use-case';
import { ScanDatesUseCase } from './use-cases/scan-dates/scan-dates.use-case';
import { SimulateStrategyUseCase } from './use-cases/simulate-strategy/simulate-strategy.use-case';
import { SubmitStrategyUseCase } from './use-cases/submit-strategy/submit-strategy.use-case';
import { UpdateStrategyUseCase } from './use-cases/update-strategy/update-strategy.use-case';
import { WithdrawStrategyUseCase } from './use-cases/withdraw-strategy/withdraw-strategy.use-case';

@Module({
  controllers: [
    CampaignsController,
    NameListsController,
    StrategyDeskController,
    GoalsController,
    StrategySimulationController,
  ],
  providers: [
    { provide: CampaignsConfig, useFactory: () => new CampaignsConfig(process.env) },
    {
      provide: CUSTOMERS_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(CustomersServiceService, env.peerUrl('customers')),
      inject: [ServiceEnv],
    },
    {
      provide: ARBITRATION_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(ArbitrationServiceService, env.peerUrl('arbitration')),
      inject: [ServiceEnv],
    },
    {
      provide: QUOTAS_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(QuotasServiceService, env.peerUrl('arbitration')),
      inject: [ServiceEnv],
    },
    {
      provide: SIMULATION_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(SimulationServiceService, env.peerUrl('arbitration')),
      inject: [ServiceEnv],
    },
    {
      provide: BENEFITS_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(BenefitsServiceService, env.peerUrl('benefits')),
      inject: [ServiceEnv],
    },
    {
      provide: LEADS_CLIENT,
      useFactory: (env: ServiceEnv) => createClient(LeadsServiceService, env.peerUrl('leads')),
      inject: [ServiceEnv],
    },
    ActionRepository,
    CustomerRepository,
    MomentRepository,
    ScriptRepository,
    SnapshotRepository,
    StrategyRepository,
    Segments,
    StrategyNeighbours,
    StrategyReferences,
    WordLists,
    OpenVersionCheck,
    RestoreCheck,
    MomentRuleCatalogue,
    MomentFiring,
    PastCounts,
    CheckStrategyUseCase,
    ListStrategyVersionsUseCase,
    DiffStrategyVersionsUseCase,
    RollBackStrategyUseCase,
    DraftFromTemplateUseCase,
    CheckCopyUseCase,
    ListWordListsUseCase,
    DraftCopyUseCase,
    ListScriptsUseCase,
    ListScriptVersionsUseCase,
    RenderScriptUseCase,
    PutGoalUseCase,
    GetGoalUseCase,
    ListGoalsUseCase,
    FollowGoalsUseCase,
    GoalRepository,
    RecentFactRepository,
    GoalsConsumer,
    CopyModel,
    CompiledVersionRepository,
    StrategyVersions,
    PutActionUseCase,
    GetActionUseCase,
    ListActionsUseCase,
    PutScriptUseCase,
    GetScriptUseCase,
    CreateStrategyUseCase,
    UpdateStrategyUseCase,
    SimulateStrategyUseCase,
    SubmitStrategyUseCase,
    ApproveStrategyUseCase,
    RejectStrategyUseCase,
    WithdrawStrategyUseCase,
    DiscardStrategyUseCase,
    MoveStrategyUseCase,
    GetStrategyUseCase,
    ListStrategiesUseCase,
    ProjectCustomersUseCase,
    DetectMomentsUseCase,
    ScanDatesUseCase,
    CampaignsConsumer,
    DateScanWorker,
    ...NAME_LIST_PROVIDERS,
  ],
})
export class CampaignsModule {}
