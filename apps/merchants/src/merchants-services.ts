import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { NearbyServiceService } from '@tidegate/contracts/merchants/v1/nearby';
import { ProductivityServiceService } from '@tidegate/contracts/merchants/v1/productivity';
import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import { StaffServiceService } from '@tidegate/contracts/merchants/v1/staff';
import { TillActionsServiceService } from '@tidegate/contracts/merchants/v1/till_actions';
import { TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import type { GrpcService } from '@tidegate/grpc';

/** Every gRPC service that this process answers as: merchants' own, and one of each feature. */
export const MERCHANTS_SERVICES: GrpcService[] = [
  MerchantsServiceService,
  OnboardingServiceService,
  BudgetsServiceService,
  TrafficServiceService,
  NearbyServiceService,
  ProductivityServiceService,
  SettlementServiceService,
  StaffServiceService,
  TillActionsServiceService,
];
