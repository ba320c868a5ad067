import { Module } from '@nestjs/common';
import { FansConsumer } from './fans.consumer';
import { FansController } from './fans.controller';
import { FanRepository } from './repositories/fan.repository';
import { FollowUseCase } from './use-cases/follow/follow.use-case';
import { GetFanGrowthUseCase } from './use-cases/get-fan-growth/get-fan-growth.use-case';
import { ListFansUseCase } from './use-cases/list-fans/list-fans.use-case';
import { NoteActivityUseCase } from './use-cases/note-activity/note-activity.use-case';
import { PutFanTargetUseCase } from './use-cases/put-fan-target/put-fan-target.use-case';

/** Fans 粉丝池 of outlets and stores. */
@Module({
  controllers: [FansController],
  providers: [
    FanRepository,
    PutFanTargetUseCase,
    FollowUseCase,
    ListFansUseCase,
    GetFanGrowthUseCase,
    NoteActivityUseCase,
    FansConsumer,
  ],
})
export class FansModule {}
