import { Module } from '@nestjs/common';
import { PointsModule } from '../points/points.module';
import { WalletModule } from '../wallet.module';
import { ExchangeCommitter } from './exchange-committer';
import { ExchangeGrants } from './exchange-grants';
import { ExchangeOffers } from './exchange-offers';
import { ExchangeSettler } from './exchange-settler';
import { ExchangeController } from './exchange.controller';
import { ExchangeRepository } from './repositories/exchange.repository';
import { ExchangeUseCase } from './use-cases/exchange/exchange.use-case';
import { ListExchangesUseCase } from './use-cases/list-exchanges/list-exchanges.use-case';
import { SettleExchangesUseCase } from './use-cases/settle-exchanges/settle-exchanges.use-case';

/** Exchange 兑换. */
@Module({
  imports: [WalletModule, PointsModule],
  controllers: [ExchangeController],
  providers: [
    ExchangeRepository,
    ExchangeCommitter,
    ExchangeGrants,
    ExchangeOffers,
    ExchangeSettler,
    ExchangeUseCase,
    SettleExchangesUseCase,
    ListExchangesUseCase,
  ],
})
export class ExchangeModule {}
