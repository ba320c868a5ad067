import { Module } from '@nestjs/common';
import { BenefitsController } from './benefits.controller';
import { InstanceRepository } from './repositories/instance.repository';
import { LedgerRepository } from './repositories/ledger.repository';
import { StockRepository } from './repositories/stock.repository';
import { ClaimBenefitUseCase } from './use-cases/claim-benefit/claim-benefit.use-case';
import { RefusalTally } from './use-cases/claim-benefit/refusal-tally';
import { StockCatalogue } from './use-cases/claim-benefit/stock-catalogue';
import { CreateStockUseCase } from './use-cases/create-stock/create-stock.use-case';
import { GetInstanceUseCase } from './use-cases/get-instance/get-instance.use-case';
import { GetStockUseCase } from './use-cases/get-stock/get-stock.use-case';
import { ListStocksUseCase } from './use-cases/list-stocks/list-stocks.use-case';
import { ListWalletUseCase } from './use-cases/list-wallet/list-wallet.use-case';

@Module({
  controllers: [BenefitsController],
  providers: [
    StockRepository,
    InstanceRepository,
    LedgerRepository,
    StockCatalogue,
    RefusalTally,
    CreateStockUseCase,
    GetStockUseCase,
    ListStocksUseCase,
    ClaimBenefitUseCase,
    GetInstanceUseCase,
    ListWalletUseCase,
  ],
})
export class BenefitsModule {}
