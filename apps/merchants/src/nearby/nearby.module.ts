import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { TrafficModule } from '../traffic/traffic.module';
import { NearbyController } from './nearby.controller';
import { NearbyRepository } from './repositories/nearby.repository';
import { FindNearbyUseCase } from './use-cases/find-nearby/find-nearby.use-case';
import { ListActivitiesUseCase } from './use-cases/list-activities/list-activities.use-case';
import { PutActivityUseCase } from './use-cases/put-activity/put-activity.use-case';

/** Stores and activities by distance. */
@Module({
  imports: [NetworkModule, TrafficModule],
  controllers: [NearbyController],
  providers: [NearbyRepository, FindNearbyUseCase, PutActivityUseCase, ListActivitiesUseCase],
})
export class NearbyModule {}
