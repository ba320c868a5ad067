import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { GoalStateRepository } from './repositories/goal-state.repository';
import { SubsidyRepository } from './repositories/subsidy.repository';
import { TokenUseRepository } from './repositories/token-use.repository';
import { TrafficPlanRepository } from './repositories/traffic-plan.repository';
import { VisitRepository } from './repositories/visit.repository';
import { VisitorRepository } from './repositories/visitor.repository';
import { SubsidyBook } from './subsidy-book';
import { SubsidyReversals } from './subsidy-reversals';
import { TrafficConsumer } from './traffic.consumer';
import { TrafficController } from './traffic.controller';
import { IssueAttributionTokenUseCase } from './use-cases/issue-attribution-token/issue-attribution-token.use-case';
import { ListVisitGoalsUseCase } from './use-cases/list-visit-goals/list-visit-goals.use-case';
import { ListVisitsUseCase } from './use-cases/list-visits/list-visits.use-case';
import { PutTrafficPlanUseCase } from './use-cases/put-traffic-plan/put-traffic-plan.use-case';
import { ReadPlansUseCase } from './use-cases/read-plans/read-plans.use-case';
import { ReadSubsidiesUseCase } from './use-cases/read-subsidies/read-subsidies.use-case';
import { RecordRedemptionsUseCase } from './use-cases/record-redemptions/record-redemptions.use-case';
import { RecordReversalsUseCase } from './use-cases/record-reversals/record-reversals.use-case';
import { Arrivals } from './use-cases/record-visit/arrivals';
import { GoalMarker } from './use-cases/record-visit/goal-marker';
import { RecordVisitUseCase } from './use-cases/record-visit/record-visit.use-case';

/** Traffic both ways, with what merchants earn by it. */
@Module({
  imports: [NetworkModule],
  controllers: [TrafficController],
  providers: [
    TrafficPlanRepository,
    VisitRepository,
    VisitorRepository,
    TokenUseRepository,
    GoalStateRepository,
    SubsidyRepository,
    SubsidyBook,
    SubsidyReversals,
    PutTrafficPlanUseCase,
    ReadPlansUseCase,
    IssueAttributionTokenUseCase,
    Arrivals,
    GoalMarker,
    RecordVisitUseCase,
    ListVisitsUseCase,
    ListVisitGoalsUseCase,
    ReadSubsidiesUseCase,
    RecordRedemptionsUseCase,
    RecordReversalsUseCase,
    TrafficConsumer,
  ],
  exports: [TrafficPlanRepository],
})
export class TrafficModule {}
