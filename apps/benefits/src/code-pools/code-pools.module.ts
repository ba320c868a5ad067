import { Module } from '@nestjs/common';
import { FieldCipher } from '@tidegate/encryption';
import { WalletModule } from '../wallet.module';
import { CodePoolsController } from './code-pools.controller';
import { CodeImportReader } from './importing/code-import-reader';
import { CodeImportWorker } from './importing/code-import.worker';
import { CodeImportRepository } from './repositories/code-import.repository';
import { PoolClaims } from './pool-claims';
import { CodePoolRepository } from './repositories/code-pool.repository';
import { CodeWithdrawalRepository } from './repositories/code-withdrawal.repository';
import { PoolCodeRepository } from './repositories/pool-code.repository';
import { ListCodePoolAlarmsUseCase } from './use-cases/list-code-pool-alarms/list-code-pool-alarms.use-case';
import { ListCodeImportsUseCase } from './use-cases/list-code-imports/list-code-imports.use-case';
import { ListCodePoolsUseCase } from './use-cases/list-code-pools/list-code-pools.use-case';
import { ListCodeWithdrawalsUseCase } from './use-cases/list-code-withdrawals/list-code-withdrawals.use-case';
import { PutCodePoolUseCase } from './use-cases/put-code-pool/put-code-pool.use-case';
import { ShowCodeUseCase } from './use-cases/show-code/show-code.use-case';
import { WithdrawCodesUseCase } from './use-cases/withdraw-codes/withdraw-codes.use-case';
import { StartCodeImportUseCase } from './use-cases/start-code-import/start-code-import.use-case';

/** Third-party codes 券码池: imported from outside, one to one instance for ever. */
@Module({
  imports: [WalletModule],
  controllers: [CodePoolsController],
  providers: [
    FieldCipher,
    PoolClaims,
    CodePoolRepository,
    PoolCodeRepository,
    CodeImportRepository,
    CodeWithdrawalRepository,
    CodeImportReader,
    CodeImportWorker,
    PutCodePoolUseCase,
    ListCodePoolsUseCase,
    ListCodePoolAlarmsUseCase,
    StartCodeImportUseCase,
    ListCodeImportsUseCase,
    ShowCodeUseCase,
    WithdrawCodesUseCase,
    ListCodeWithdrawalsUseCase,
  ],
  exports: [CodePoolRepository, PoolCodeRepository],
})
export class CodePoolsModule {}
