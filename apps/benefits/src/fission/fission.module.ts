import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { WalletModule } from '../wallet.module';
import { FissionCampaigns } from './fission-campaigns';
import { FissionConsumer } from './fission.consumer';
import { FissionController } from './fission.controller';
import { FissionBook } from './repositories/fission-book';
import { FissionPeople } from './repositories/fission-people';
import { FissionRepository } from './repositories/fission.repository';
import { AcceptInviteUseCase } from './use-cases/accept-invite/accept-invite.use-case';
import { CreateInviteUseCase } from './use-cases/create-invite/create-invite.use-case';
import { GetFissionProgressUseCase } from './use-cases/get-fission-progress/get-fission-progress.use-case';
import { ListInviteesUseCase } from './use-cases/list-invitees/list-invitees.use-case';
import { MeetConditionUseCase } from './use-cases/meet-condition/meet-condition.use-case';

/** Fission 裂变: customers invite customers. */
@Module({
  imports: [WalletModule, GrantingModule],
  controllers: [FissionController],
  providers: [
    FissionCampaigns,
    FissionRepository,
    FissionBook,
    FissionPeople,
    CreateInviteUseCase,
    AcceptInviteUseCase,
    MeetConditionUseCase,
    GetFissionProgressUseCase,
    ListInviteesUseCase,
    FissionConsumer,
  ],
})
export class FissionModule {}
