import { Module } from '@nestjs/common';
import { BenefitsConfig } from './benefits.config';
import { BenefitsConsumer } from './benefits.consumer';
import { BenefitsController } from './benefits.controller';
import { CodePoolsModule } from './code-pools/code-pools.module';
import { ExchangeModule } from './exchange/exchange.module';
import { FissionModule } from './fission/fission.module';
import { LedgerModule } from './ledger/ledger.module';
import { LedgerChecksModule } from './ledger-checks/ledger-checks.module';
import { HuntsModule } from './hunts/hunts.module';
import { GiftsController } from './gifts/gifts.controller';
import { FansModule } from './fans/fans.module';
import { GrantingModule } from './granting/granting.module';
import { GrowthModule } from './growth/growth.module';
import { PointsModule } from './points/points.module';
import { RemindersModule } from './reminders/reminders.module';
import { SharingModule } from './sharing/sharing.module';
import { SignInModule } from './sign-in/sign-in.module';
import { ClaimBenefitUseCase } from './use-cases/claim-benefit/claim-benefit.use-case';
import { AcceptGiftUseCase } from './use-cases/accept-gift/accept-gift.use-case';
import { CancelGiftUseCase } from './use-cases/cancel-gift/cancel-gift.use-case';
import { CommitHoldUseCase } from './use-cases/commit-hold/commit-hold.use-case';
import { HoldBenefitUseCase } from './use-cases/hold-benefit/hold-benefit.use-case';
import { IssueCodeSeedUseCase } from './use-cases/issue-code-seed/issue-code-seed.use-case';
import { IssueRedemptionCodeUseCase } from './use-cases/issue-redemption-code/issue-redemption-code.use-case';
import { GetHoldUseCase } from './use-cases/get-hold/get-hold.use-case';
import { GetRedemptionUseCase } from './use-cases/get-redemption/get-redemption.use-case';
import { ListRedemptionsUseCase } from './use-cases/list-redemptions/list-redemptions.use-case';
import { ListOpenGiftsUseCase } from './use-cases/list-open-gifts/list-open-gifts.use-case';
import { OfferGiftUseCase } from './use-cases/offer-gift/offer-gift.use-case';
import { PostAdjustmentUseCase } from './use-cases/post-adjustment/post-adjustment.use-case';
import { PostSettlementUseCase } from './use-cases/post-settlement/post-settlement.use-case';
import { QueryLedgerUseCase } from './use-cases/query-ledger/query-ledger.use-case';
import { RedeemByCodeUseCase } from './use-cases/redeem-by-code/redeem-by-code.use-case';
import { SweepExpiredUseCase } from './use-cases/sweep-expired/sweep-expired.use-case';
import { ReverseRedemptionUseCase } from './use-cases/reverse-redemption/reverse-redemption.use-case';
import { TransferBenefitUseCase } from './use-cases/transfer-benefit/transfer-benefit.use-case';
import { FollowPersonsUseCase } from './use-cases/follow-persons/follow-persons.use-case';
import { LinkPersonUseCase } from './use-cases/link-person/link-person.use-case';
import { SetStockStateUseCase } from './use-cases/set-stock-state/set-stock-state.use-case';
import { VoidInstanceUseCase } from './use-cases/void-instance/void-instance.use-case';
import { ValidateSaleUseCase } from './use-cases/validate-sale/validate-sale.use-case';
import { VoidHoldUseCase } from './use-cases/void-hold/void-hold.use-case';
import { CreateStockUseCase } from './use-cases/create-stock/create-stock.use-case';
import { GetInstanceUseCase } from './use-cases/get-instance/get-instance.use-case';
import { GetStockUseCase } from './use-cases/get-stock/get-stock.use-case';
import { GetStocksUseCase } from './use-cases/get-stocks/get-stocks.use-case';
import { ListStocksUseCase } from './use-cases/list-stocks/list-stocks.use-case';
import { ListWalletUseCase } from './use-cases/list-wallet/list-wallet.use-case';
import { WalletModule } from './wallet.module';

@Module({
  imports: [
    WalletModule,
    LedgerModule,
    LedgerChecksModule,
    GrantingModule,
    PointsModule,
    SignInModule,
    CodePoolsModule,
    FansModule,
    HuntsModule,
    FissionModule,
    ExchangeModule,
    GrowthModule,
    RemindersModule,
    SharingModule,
  ],
  controllers: [BenefitsController, GiftsController],
  providers: [
    { provide: BenefitsConfig, useFactory: () => new BenefitsConfig() },
    BenefitsConsumer,
    CreateStockUseCase,
    GetStockUseCase,
    GetStocksUseCase,
    ListStocksUseCase,
    ClaimBenefitUseCase,
    GetInstanceUseCase,
    ListWalletUseCase,
    AcceptGiftUseCase,
    CancelGiftUseCase,
    CommitHoldUseCase,
    HoldBenefitUseCase,
    ValidateSaleUseCase,
    IssueCodeSeedUseCase,
    IssueRedemptionCodeUseCase,
    ListRedemptionsUseCase,
    GetRedemptionUseCase,
    GetHoldUseCase,
    OfferGiftUseCase,
    ListOpenGiftsUseCase,
    PostAdjustmentUseCase,
    PostSettlementUseCase,
    QueryLedgerUseCase,
    RedeemByCodeUseCase,
    SweepExpiredUseCase,
    VoidHoldUseCase,
    ReverseRedemptionUseCase,
    TransferBenefitUseCase,
    VoidInstanceUseCase,
    SetStockStateUseCase,
    LinkPersonUseCase,
    FollowPersonsUseCase,
  ],
})
export class BenefitsModule {}
