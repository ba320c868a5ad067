import { Module } from '@nestjs/common';
import { OwedRewardWorker } from './owed-reward.worker';
import { OwedRewardRepository } from './repositories/owed-reward.repository';

/** Rewards that features of the wallet owe to customers; a feature imports it and stores what it owes. */
@Module({
  providers: [OwedRewardRepository, OwedRewardWorker],
  exports: [OwedRewardRepository, OwedRewardWorker],
})
export class GrantingModule {}
