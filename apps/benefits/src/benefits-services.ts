import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { GiftsServiceService } from '@tidegate/contracts/benefits/v1/gifts';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { LedgerChecksServiceService } from '@tidegate/contracts/benefits/v1/ledger_checks';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { FansServiceService } from '@tidegate/contracts/benefits/v1/fans';
import type { GrpcService } from '@tidegate/grpc';

/** Every gRPC service that this process answers as: the wallet's own, and one of each feature folder. */
export const BENEFITS_SERVICES: GrpcService[] = [
  BenefitsServiceService,
  CodePoolsServiceService,
  FansServiceService,
  HuntsServiceService,
  FissionServiceService,
  ExchangeServiceService,
  GiftsServiceService,
  GrowthServiceService,
  LedgerChecksServiceService,
  PointsServiceService,
  RewardsServiceService,
  SharesServiceService,
  SignInServiceService,
];
