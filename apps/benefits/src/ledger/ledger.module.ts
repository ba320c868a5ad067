import { Module } from '@nestjs/common';
import { WalletModule } from '../wallet.module';
import { CheckpointRepository } from './repositories/checkpoint.repository';
import { FoldLedgerUseCase } from './use-cases/fold-ledger/fold-ledger.use-case';

/** Balances of the ledger at checkpoints: what makes sums fast. */
@Module({
  imports: [WalletModule],
  providers: [CheckpointRepository, FoldLedgerUseCase],
  exports: [CheckpointRepository],
})
export class LedgerModule {}
