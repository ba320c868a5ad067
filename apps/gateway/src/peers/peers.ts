import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { ModelsServiceService } from '@tidegate/contracts/arbitration/v1/models';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { GiftsServiceService } from '@tidegate/contracts/benefits/v1/gifts';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { LedgerChecksServiceService } from '@tidegate/contracts/benefits/v1/ledger_checks';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { SignInServiceService } from '@tidegate/contracts/benefits/v1/sign_in';
import { HuntsServiceService } from '@tidegate/contracts/benefits/v1/hunts';
import { FansServiceService } from '@tidegate/contracts/benefits/v1/fans';
import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { GoalsServiceService } from '@tidegate/contracts/campaigns/v1/goals';
import { NameListsServiceService } from '@tidegate/contracts/campaigns/v1/name_lists';
import { StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { StrategySimulationServiceService } from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import { CustomersServiceService } from '@tidegate/contracts/customers/v1/customers';
import { DeliveryServiceService } from '@tidegate/contracts/delivery/v1/delivery';
import { CoordinationServiceService } from '@tidegate/contracts/leads/v1/coordination';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import { BudgetsServiceService } from '@tidegate/contracts/merchants/v1/budgets';
import { NearbyServiceService } from '@tidegate/contracts/merchants/v1/nearby';
import { ProductivityServiceService } from '@tidegate/contracts/merchants/v1/productivity';
import { MerchantsServiceService } from '@tidegate/contracts/merchants/v1/merchants';
import { OnboardingServiceService } from '@tidegate/contracts/merchants/v1/onboarding';
import { StaffServiceService } from '@tidegate/contracts/merchants/v1/staff';
import { TillActionsServiceService } from '@tidegate/contracts/merchants/v1/till_actions';
import { TrafficServiceService } from '@tidegate/contracts/merchants/v1/traffic';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import { createClient, type GrpcService } from '@tidegate/grpc';
import { ServiceEnv } from '@tidegate/service';

/** For calls that go over the whole base. */
export const LONG = { deadlineMs: 60_000 };

/** Every service behind the gateway; calls carry the trace and actor of the request. */
@Injectable()
export class Peers implements OnModuleDestroy {
  readonly arbitration;
  readonly benefits;
  readonly campaigns;
  readonly codePools;
  readonly coordination;
  readonly customers;
  readonly delivery;
  readonly engagement;
  readonly fission;
  readonly goals;
  readonly hunts;
  readonly fans;
  readonly leads;
  readonly merchants;
  readonly models;
  readonly nameLists;
  readonly onboarding;
  readonly quotas;
  readonly shifts;
  readonly review;
  readonly exchange;
  readonly shares;
  readonly gifts;
  readonly growth;
  readonly ledgerChecks;
  readonly points;
  readonly rewards;
  readonly signIn;
  readonly settlement;
  readonly staff;
  readonly tillActions;
  readonly traffic;
  readonly simulation;
  readonly strategyDesk;
  readonly strategySimulation;
  readonly budgets;
  readonly nearby;
  readonly productivity;

  private readonly clients: { close(): void }[] = [];

  constructor(env: ServiceEnv) {
    const connect = <S extends GrpcService>(service: S, peer: string, connections = 1) => {
      const client = createClient(service, env.peerUrl(peer), { connections });
      this.clients.push(client);
      return client;
    };
    this.arbitration = connect(ArbitrationServiceService, 'arbitration', 2);
    this.benefits = connect(BenefitsServiceService, 'benefits');
    this.campaigns = connect(CampaignsServiceService, 'campaigns');
    this.codePools = connect(CodePoolsServiceService, 'benefits');
    this.customers = connect(CustomersServiceService, 'customers');
    this.delivery = connect(DeliveryServiceService, 'delivery');
    this.engagement = connect(EngagementServiceService, 'arbitration');
    this.fission = connect(FissionServiceService, 'benefits');
    this.goals = connect(GoalsServiceService, 'campaigns');
    this.hunts = connect(HuntsServiceService, 'benefits');
    this.fans = connect(FansServiceService, 'benefits');
    this.leads = connect(LeadsServiceService, 'leads');
    this.coordination = connect(CoordinationServiceService, 'leads');
    this.merchants = connect(MerchantsServiceService, 'merchants');
    this.models = connect(ModelsServiceService, 'arbitration');
    this.nameLists = connect(NameListsServiceService, 'campaigns');
    this.onboarding = connect(OnboardingServiceService, 'merchants');
    this.quotas = connect(QuotasServiceService, 'arbitration');
    this.shifts = connect(ShiftsServiceService, 'arbitration');
    this.strategyDesk = connect(StrategyDeskServiceService, 'campaigns');
    this.simulation = connect(SimulationServiceService, 'arbitration');
    this.strategySimulation = connect(StrategySimulationServiceService, 'campaigns');
    this.shares = connect(SharesServiceService, 'benefits');
    this.exchange = connect(ExchangeServiceService, 'benefits');
    this.gifts = connect(GiftsServiceService, 'benefits');
    this.growth = connect(GrowthServiceService, 'benefits');
    this.ledgerChecks = connect(LedgerChecksServiceService, 'benefits');
    this.points = connect(PointsServiceService, 'benefits');
    this.rewards = connect(RewardsServiceService, 'benefits');
    this.signIn = connect(SignInServiceService, 'benefits');
    this.review = connect(ReviewServiceService, 'review');
    this.settlement = connect(SettlementServiceService, 'merchants');
    this.budgets = connect(BudgetsServiceService, 'merchants');
    this.nearby = connect(NearbyServiceService, 'merchants');
    this.productivity = connect(ProductivityServiceService, 'merchants');
    this.staff = connect(StaffServiceService, 'merchants');
    this.tillActions = connect(TillActionsServiceService, 'merchants');
    this.traffic = connect(TrafficServiceService, 'merchants');
  }

  onModuleDestroy(): void {
    for (const client of this.clients) client.close();
  }
}
