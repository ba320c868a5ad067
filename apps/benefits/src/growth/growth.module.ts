import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { WalletModule } from '../wallet.module';
import { GrowthPlans } from './growth-plans';
import { GrowthConsumer } from './growth.consumer';
import { GrowthController } from './growth.controller';
import { Missions } from './missions';
import { GrowthBook } from './repositories/growth-book';
import { GrowthRepository } from './repositories/growth.repository';
import { GetGrowthUseCase } from './use-cases/get-growth/get-growth.use-case';
import { ListMissionProgressUseCase } from './use-cases/list-mission-progress/list-mission-progress.use-case';
import { RecordActivitiesUseCase } from './use-cases/record-activities/record-activities.use-case';
import { ReviewLevelsUseCase } from './use-cases/review-levels/review-levels.use-case';

/** Growth levels and missions 成长体系. */
@Module({
  imports: [GrantingModule, WalletModule],
  controllers: [GrowthController],
  providers: [
    GrowthRepository,
    GrowthBook,
    GrowthPlans,
    Missions,
    GrowthConsumer,
    RecordActivitiesUseCase,
    ReviewLevelsUseCase,
    GetGrowthUseCase,
    ListMissionProgressUseCase,
  ],
})
export class GrowthModule {}
