import { Module } from '@nestjs/common';
import { LedgerModule } from '../ledger/ledger.module';
import { WalletModule } from '../wallet.module';
import { LedgerCheckWorker } from './ledger-check.worker';
import { LedgerChecker } from './ledger-checker';
import { LedgerChecksController } from './ledger-checks.controller';
import { LedgerCheckRepository } from './repositories/ledger-check.repository';
import { CancelLedgerCheckUseCase } from './use-cases/cancel-ledger-check/cancel-ledger-check.use-case';
import { GetLedgerCheckUseCase } from './use-cases/get-ledger-check/get-ledger-check.use-case';
import { ListLedgerChecksUseCase } from './use-cases/list-ledger-checks/list-ledger-checks.use-case';
import { StartLedgerCheckUseCase } from './use-cases/start-ledger-check/start-ledger-check.use-case';

/** Checks of the ledger 账本核对. */
@Module({
  imports: [WalletModule, LedgerModule],
  controllers: [LedgerChecksController],
  providers: [
    LedgerCheckRepository,
    LedgerChecker,
    LedgerCheckWorker,
    StartLedgerCheckUseCase,
    GetLedgerCheckUseCase,
    ListLedgerChecksUseCase,
    CancelLedgerCheckUseCase,
  ],
})
export class LedgerChecksModule {}
