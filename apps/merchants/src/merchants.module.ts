import { Module } from '@nestjs/common';
import { FollowPersonsUseCase } from '@tidegate/person-links';
import { BudgetsModule } from './budgets/budgets.module';
import { MerchantsController } from './merchants.controller';
import { NearbyModule } from './nearby/nearby.module';
import { NetworkModule } from './network.module';
import { PersonsConsumer } from './persons.consumer';
import { ProductivityModule } from './productivity/productivity.module';
import { OnboardingController } from './onboarding.controller';
import { MerchantChangeRepository } from './repositories/merchant-change.repository';
import { MerchantKeyRepository } from './repositories/merchant-key.repository';
import { SettlementController } from './settlement/settlement.controller';
import { SETTLEMENT_PROVIDERS } from './settlement/settlement-providers';
import { StaffModule } from './staff/staff.module';
import { TillActionsModule } from './till-actions/till-actions.module';
import { TrafficModule } from './traffic/traffic.module';
import { GetMerchantKeyUseCase } from './use-cases/get-merchant-key/get-merchant-key.use-case';
import { GetMerchantUseCase } from './use-cases/get-merchant/get-merchant.use-case';
import { CommitHoldAtStoreUseCase } from './use-cases/commit-hold-at-store/commit-hold-at-store.use-case';
import { ValidateAtStoreUseCase } from './use-cases/validate-at-store/validate-at-store.use-case';
import { ReverseAtStoreUseCase } from './use-cases/reverse-at-store/reverse-at-store.use-case';
import { VoidHoldAtStoreUseCase } from './use-cases/void-hold-at-store/void-hold-at-store.use-case';
import { HoldAtStoreUseCase } from './use-cases/hold-at-store/hold-at-store.use-case';
import { ListClerksUseCase } from './use-cases/list-clerks/list-clerks.use-case';
import { ListMerchantKeysUseCase } from './use-cases/list-merchant-keys/list-merchant-keys.use-case';
import { ListMerchantChangesUseCase } from './use-cases/list-merchant-changes/list-merchant-changes.use-case';
import { MoveMerchantUseCase } from './use-cases/move-merchant/move-merchant.use-case';
import { RotateMerchantKeyUseCase } from './use-cases/rotate-merchant-key/rotate-merchant-key.use-case';
import { ListMerchantsUseCase } from './use-cases/list-merchants/list-merchants.use-case';
import { ListOrgUnitsUseCase } from './use-cases/list-org-units/list-org-units.use-case';
import { GetStoreUseCase } from './use-cases/get-store/get-store.use-case';
import { ListStoresUseCase } from './use-cases/list-stores/list-stores.use-case';
import { PutClerkUseCase } from './use-cases/put-clerk/put-clerk.use-case';
import { PutMerchantKeyUseCase } from './use-cases/put-merchant-key/put-merchant-key.use-case';
import { PutMerchantUseCase } from './use-cases/put-merchant/put-merchant.use-case';
import { PutOrgUnitUseCase } from './use-cases/put-org-unit/put-org-unit.use-case';
import { PutStoreUseCase } from './use-cases/put-store/put-store.use-case';
import { RedeemAtStoreUseCase } from './use-cases/redeem-at-store/redeem-at-store.use-case';
import { RegisterSignatureUseCase } from './use-cases/register-signature/register-signature.use-case';
import { RevokeMerchantKeyUseCase } from './use-cases/revoke-merchant-key/revoke-merchant-key.use-case';

@Module({
  imports: [
    NetworkModule,
    BudgetsModule,
    TrafficModule,
    NearbyModule,
    ProductivityModule,
    StaffModule,
    TillActionsModule,
  ],
  controllers: [MerchantsController, OnboardingController, SettlementController],
  providers: [
    MerchantChangeRepository,
    MerchantKeyRepository,
    PutOrgUnitUseCase,
    ListOrgUnitsUseCase,
    PutMerchantUseCase,
    GetMerchantUseCase,
    ListMerchantsUseCase,
    ListClerksUseCase,
    ListMerchantKeysUseCase,
    ListMerchantChangesUseCase,
    MoveMerchantUseCase,
    RotateMerchantKeyUseCase,
    PutStoreUseCase,
    GetStoreUseCase,
    ListStoresUseCase,
    PutClerkUseCase,
    PutMerchantKeyUseCase,
    RevokeMerchantKeyUseCase,
    GetMerchantKeyUseCase,
    RegisterSignatureUseCase,
    RedeemAtStoreUseCase,
    HoldAtStoreUseCase,
    ValidateAtStoreUseCase,
    VoidHoldAtStoreUseCase,
    ReverseAtStoreUseCase,
    CommitHoldAtStoreUseCase,
    FollowPersonsUseCase,
    PersonsConsumer,
    ...SETTLEMENT_PROVIDERS,
  ],
})
export class MerchantsModule {}
