import { Module } from '@nestjs/common';
import { GiftCommitter } from './gifts/gift-committer';
import { BenefitGranter } from './granting/benefit-granter';
import { TakerLimits } from './granting/taker-limits';
import { ClaimEffects } from './granting/claim-effects';
import { ClaimCommitter } from './granting/claim-committer';
import { ClaimDesk } from './granting/claim-desk';
import { RefusalTally } from './granting/refusal-tally';
import { SoldOutTakers } from './granting/sold-out-takers';
import { UnitReturns } from './granting/unit-returns';
import { CodeRepository } from './repositories/code.repository';
import { CodeSeedRepository } from './repositories/code-seed.repository';
import { CountRepository } from './repositories/count.repository';
import { GiftRepository } from './repositories/gift.repository';
import { HoldRepository } from './repositories/hold.repository';
import { InstanceRepository } from './repositories/instance.repository';
import { LedgerRepository } from './repositories/ledger.repository';
import { PersonRepository } from './repositories/person.repository';
import { RedemptionRepository } from './repositories/redemption.repository';
import { SettledItemRepository } from './repositories/settled-item.repository';
import { StockCatalogue } from './repositories/stock-catalogue';
import { StockRepository } from './repositories/stock.repository';
import { CodeNumbers } from './till/code-numbers';
import { TillCommitter } from './till/till-committer';

const parts = [
  StockRepository,
  CountRepository,
  InstanceRepository,
  LedgerRepository,
  GiftRepository,
  HoldRepository,
  PersonRepository,
  RedemptionRepository,
  SettledItemRepository,
  CodeRepository,
  CodeSeedRepository,
  CodeNumbers,
  TillCommitter,
  StockCatalogue,
  ClaimEffects,
  TakerLimits,
  GiftCommitter,
  ClaimCommitter,
  RefusalTally,
  SoldOutTakers,
  UnitReturns,
  ClaimDesk,
  BenefitGranter,
];

/** The wallet's core, for the service's own inlets and for every feature that grants, takes or posts value. */
@Module({ providers: parts, exports: parts })
export class WalletModule {}
