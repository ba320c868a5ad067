import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { LedgerModule } from '../ledger/ledger.module';
import { WalletModule } from '../wallet.module';
import { PointsClaims } from './points-claims';
import { PointsValues } from './points-values';
import { PointsRules } from './points-rules';
import { PointsConsumer } from './points.consumer';
import { PointsController } from './points.controller';
import { GrantPointsUseCase } from './use-cases/grant-points/grant-points.use-case';
import { PointsBook } from './repositories/points-book';
import { PointsRepository } from './repositories/points.repository';
import { EarnPointsUseCase } from './use-cases/earn-points/earn-points.use-case';
import { GetPointsBalanceUseCase } from './use-cases/get-points-balance/get-points-balance.use-case';
import { ListPointsEntriesUseCase } from './use-cases/list-points-entries/list-points-entries.use-case';
import { ReversePointsUseCase } from './use-cases/reverse-points/reverse-points.use-case';
import { SweepExpiredPointsUseCase } from './use-cases/sweep-expired-points/sweep-expired-points.use-case';

/** Points 积分. */
@Module({
  imports: [GrantingModule, LedgerModule, WalletModule],
  controllers: [PointsController],
  providers: [
    PointsRepository,
    PointsBook,
    PointsClaims,
    PointsValues,
    PointsRules,
    PointsConsumer,
    EarnPointsUseCase,
    ReversePointsUseCase,
    GrantPointsUseCase,
    SweepExpiredPointsUseCase,
    GetPointsBalanceUseCase,
    ListPointsEntriesUseCase,
  ],
  exports: [PointsBook],
})
export class PointsModule {}
