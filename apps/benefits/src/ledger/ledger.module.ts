import { Module } from '@nestjs/common';
import { WalletModule } from '../wallet.module';
import { InstanceValues } from './instance-values';
import { OpenValues } from './open-values';
import { CheckpointRepository } from './repositories/checkpoint.repository';
import { FoldLedgerUseCase } from './use-cases/fold-ledger/fold-ledger.use-case';

/** Balances of the ledger at checkpoints, which make sums fast, and what else says the same of customers' accounts. */
@Module({
  imports: [WalletModule],
  providers: [CheckpointRepository, FoldLedgerUseCase, OpenValues, InstanceValues],
  exports: [CheckpointRepository, OpenValues],
})
export class LedgerModule {}
