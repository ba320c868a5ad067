import { Module } from '@nestjs/common';
import { OwedRewardWorker } from './owed-reward.worker';
import { OwedRewardRepository } from './repositories/owed-reward.repository';
import { RewardsController } from './rewards.controller';
import { ListRewardsUseCase } from './use-cases/list-rewards/list-rewards.use-case';

/** Rewards that features of the wallet owe to customers; a feature imports it and stores what it owes. */
@Module({
  controllers: [RewardsController],
  providers: [OwedRewardRepository, OwedRewardWorker, ListRewardsUseCase],
  exports: [OwedRewardRepository, OwedRewardWorker],
})
export class GrantingModule {}
