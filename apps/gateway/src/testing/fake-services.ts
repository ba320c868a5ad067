import type { Metadata } from '@grpc/grpc-js';
import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { ModelsServiceService } from '@tidegate/contracts/arbitration/v1/models';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import { BenefitsServiceService } from '@tidegate/contracts/benefits/v1/benefits';
import { CodePoolsServiceService } from '@tidegate/contracts/benefits/v1/code_pools';
import { FissionServiceService } from '@tidegate/contracts/benefits/v1/fission';
import { SharesServiceService } from '@tidegate/contracts/benefits/v1/shares';
import { ExchangeServiceService } from '@tidegate/contracts/benefits/v1/exchange';
import { GiftsServiceService } from '@tidegate/contracts/benefits/v1/gifts';
import { GrowthServiceService } from '@tidegate/contracts/benefits/v1/growth';
import { LedgerChecksServiceService } from '@tidegate/contracts/benefits/v1/ledger_checks';
import { PointsServiceService } from '@tidegate/contracts/benefits/v1/points';
import { RewardsServiceService } from '@tidegate/contracts/benefits/v1/rewards';
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
import { SettlementServiceService } from '@tidegate/contracts/merchants/v1/settlement';
import { ReviewServiceService } from '@tidegate/contracts/review/v1/review';
import { actorOf, type GrpcService } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import { fakePeerOf, type FakeService } from '@tidegate/testing';

/** The gRPC services of each peer, by the name that a test calls them by. */
const SERVICES: Record<string, Record<string, GrpcService>> = {
  arbitration: {
    arbitration: ArbitrationServiceService,
    engagement: EngagementServiceService,
    models: ModelsServiceService,
    quotas: QuotasServiceService,
    shifts: ShiftsServiceService,
    simulation: SimulationServiceService,
  },
  benefits: {
    benefits: BenefitsServiceService,
    codePools: CodePoolsServiceService,
    fans: FansServiceService,
    hunts: HuntsServiceService,
    fission: FissionServiceService,
    exchange: ExchangeServiceService,
    shares: SharesServiceService,
    gifts: GiftsServiceService,
    growth: GrowthServiceService,
    ledgerChecks: LedgerChecksServiceService,
    points: PointsServiceService,
    rewards: RewardsServiceService,
    signIn: SignInServiceService,
  },
  campaigns: {
    campaigns: CampaignsServiceService,
    nameLists: NameListsServiceService,
    strategyDesk: StrategyDeskServiceService,
    strategySimulation: StrategySimulationServiceService,
    goals: GoalsServiceService,
  },
  customers: { customers: CustomersServiceService },
  delivery: { delivery: DeliveryServiceService },
  leads: { leads: LeadsServiceService, coordination: CoordinationServiceService },
  merchants: {
    merchants: MerchantsServiceService,
    onboarding: OnboardingServiceService,
    traffic: TrafficServiceService,
    staff: StaffServiceService,
    settlement: SettlementServiceService,
    budgets: BudgetsServiceService,
    nearby: NearbyServiceService,
    productivity: ProductivityServiceService,
    tillActions: TillActionsServiceService,
  },
  review: { review: ReviewServiceService },
};

/** One call that a fake service got. */
export interface SeenCall {
  /** e.g. benefits.claimBenefit. */
  rpc: string;
  request: Record<string, unknown>;
  actor: Actor;
  /** Of the trace that the call carried. */
  traceId: string;
}

type Answer = (request: Record<string, unknown>) => unknown;

/** Every service behind the gateway, played over real gRPC; a test says what each rpc answers. */
export class FakeServices {
  readonly calls: SeenCall[] = [];
  private readonly answers = new Map<string, Answer>();
  private fallback: Answer = () => ({});
  private readonly stops: (() => Promise<void>)[] = [];
  readonly urls: Record<string, string> = {};

  static async start(): Promise<FakeServices> {
    const fakes = new FakeServices();
    for (const [peer, services] of Object.entries(SERVICES)) {
      const played = Object.entries(services).map(([name, service]) => fakes.play(name, service));
      const { url, stop } = await fakePeerOf(played);
      fakes.urls[peer] = url;
      fakes.stops.push(stop);
    }
    return fakes;
  }

  static get rpcs(): string[] {
    const services = Object.values(SERVICES).flatMap((ofPeer) => Object.entries(ofPeer));
    return services.flatMap(([name, service]) => Object.keys(service).map((rpc) => `${name}.${rpc}`));
  }

  answer(rpc: string, answer: Answer): void {
    this.answers.set(rpc, answer);
  }

  /** What every rpc without an answer of its own says. */
  answerRest(answer: Answer): void {
    this.fallback = answer;
  }

  lastCall(rpc: string): SeenCall | undefined {
    return this.calls.findLast((call) => call.rpc === rpc);
  }

  async stop(): Promise<void> {
    await Promise.all(this.stops.map((stop) => stop()));
  }

  private play(name: string, service: GrpcService): FakeService {
    const handlers = Object.entries(service).map(([method, { responseDeserialize }]) => [
      method,
      this.handler(`${name}.${method}`, () => responseDeserialize(Buffer.alloc(0)) as object),
    ]);
    return { service, handlers: Object.fromEntries(handlers) as FakeService['handlers'] };
  }

  private handler(rpc: string, empty: () => object) {
    return async (received: unknown, metadata: unknown): Promise<unknown> => {
      const [request, context] = [received as Record<string, unknown>, metadata as Metadata];
      const traceId = String(context.get('traceparent')[0]).split('-')[1] ?? '';
      this.calls.push({ rpc, request, actor: actorOf(context), traceId });
      // What an answer leaves out is as a service would leave it out.
      const answer = await (this.answers.get(rpc) ?? this.fallback)(request);
      return { ...empty(), ...(answer as object | undefined) };
    };
  }
}
