import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { ProductivityConsumer } from './productivity.consumer';
import { ProductivityController } from './productivity.controller';
import { CircleRepository } from './repositories/circle.repository';
import { ProductivityRepository } from './repositories/productivity.repository';
import { ListCirclesUseCase } from './use-cases/list-circles/list-circles.use-case';
import { ListProductivityUseCase } from './use-cases/list-productivity/list-productivity.use-case';
import { PutCircleUseCase } from './use-cases/put-circle/put-circle.use-case';
import { RecordFactsUseCase } from './use-cases/record-facts/record-facts.use-case';

/** League tables of outlets and circles of merchants. */
@Module({
  imports: [NetworkModule],
  controllers: [ProductivityController],
  providers: [
    CircleRepository,
    ProductivityRepository,
    PutCircleUseCase,
    ListCirclesUseCase,
    ListProductivityUseCase,
    RecordFactsUseCase,
    ProductivityConsumer,
  ],
})
export class ProductivityModule {}
