import { Module } from '@nestjs/common';
import { GrantingModule } from '../granting/granting.module';
import { WalletModule } from '../wallet.module';
import { ShareRepository } from './repositories/share.repository';
import { SharingConsumer } from './sharing.consumer';
import { SharingController } from './sharing.controller';
import { ClaimSharedBenefitUseCase } from './use-cases/claim-shared-benefit/claim-shared-benefit.use-case';
import { CreateShareLinkUseCase } from './use-cases/create-share-link/create-share-link.use-case';
import { ListShareLinksUseCase } from './use-cases/list-share-links/list-share-links.use-case';
import { NoteSharedClaimsUseCase } from './use-cases/note-shared-claims/note-shared-claims.use-case';
import { OpenShareLinkUseCase } from './use-cases/open-share-link/open-share-link.use-case';

/** Sharing 分享: links by which others claim of a stock. */
@Module({
  imports: [WalletModule, GrantingModule],
  controllers: [SharingController],
  providers: [
    ShareRepository,
    CreateShareLinkUseCase,
    OpenShareLinkUseCase,
    ClaimSharedBenefitUseCase,
    ListShareLinksUseCase,
    NoteSharedClaimsUseCase,
    SharingConsumer,
  ],
})
export class SharingModule {}
