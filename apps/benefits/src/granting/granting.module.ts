import { Module } from '@nestjs/common';
import { WalletModule } from '../wallet.module';
import { BenefitRewards } from './benefit-rewards';
import { GrantingConsumer } from './granting.consumer';
import { OwedRewardGrants } from './owed-reward-grants';
import { OwedRewardWorker } from './owed-reward.worker';
import { OwedRewardRepository } from './repositories/owed-reward.repository';
import { RewardsController } from './rewards.controller';
import { ListRewardsUseCase } from './use-cases/list-rewards/list-rewards.use-case';
import { OweVisitGoalsUseCase } from './use-cases/owe-visit-goals/owe-visit-goals.use-case';

/** Rewards that features of the wallet owe to customers; a feature imports it and stores what it owes. */
@Module({
  imports: [WalletModule],
  controllers: [RewardsController],
  providers: [
    OwedRewardRepository,
    OwedRewardGrants,
    OwedRewardWorker,
    BenefitRewards,
    GrantingConsumer,
    ListRewardsUseCase,
    OweVisitGoalsUseCase,
  ],
  exports: [OwedRewardRepository, OwedRewardGrants, OwedRewardWorker],
})
export class GrantingModule {}
