import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { WalletModule } from '../wallet.module';
import { HuntsDesk } from './hunts-desk';
import { HuntsController } from './hunts.controller';
import { HuntRepository } from './repositories/hunt.repository';
import { ClaimHuntPointUseCase } from './use-cases/claim-hunt-point/claim-hunt-point.use-case';
import { GetHuntProgressUseCase } from './use-cases/get-hunt-progress/get-hunt-progress.use-case';
import { IssueHuntChallengeUseCase } from './use-cases/issue-hunt-challenge/issue-hunt-challenge.use-case';
import { ListHuntAttemptsUseCase } from './use-cases/list-hunt-attempts/list-hunt-attempts.use-case';

/** Location hunts 寻宝. */
@Module({
  imports: [GrantingModule, WalletModule],
  controllers: [HuntsController],
  providers: [
    HuntsDesk,
    HuntRepository,
    IssueHuntChallengeUseCase,
    ClaimHuntPointUseCase,
    GetHuntProgressUseCase,
    ListHuntAttemptsUseCase,
  ],
})
export class HuntsModule {}
