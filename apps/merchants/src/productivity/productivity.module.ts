import { Module } from '@nestjs/common';
import { NetworkModule } from '../network.module';
import { ProductivityConsumer } from './productivity.consumer';
import { ProductivityController } from './productivity.controller';
import { ProductivityBook } from './productivity-book';
import { CountedRedemptionRepository } from './repositories/counted-redemption.repository';
import { ProductivityRepository } from './repositories/productivity.repository';
import { CountRedemptionsUseCase } from './use-cases/count-redemptions/count-redemptions.use-case';
import { ListCirclesUseCase } from './use-cases/list-circles/list-circles.use-case';
import { ListProductivityUseCase } from './use-cases/list-productivity/list-productivity.use-case';
import { PutCircleUseCase } from './use-cases/put-circle/put-circle.use-case';
import { RecordFactsUseCase } from './use-cases/record-facts/record-facts.use-case';

/** League tables of outlets and circles of merchants. */
@Module({
  imports: [NetworkModule],
  controllers: [ProductivityController],
  providers: [
    ProductivityRepository,
    CountedRedemptionRepository,
    ProductivityBook,
    PutCircleUseCase,
    ListCirclesUseCase,
    ListProductivityUseCase,
    RecordFactsUseCase,
    CountRedemptionsUseCase,
    ProductivityConsumer,
  ],
})
export class ProductivityModule {}
