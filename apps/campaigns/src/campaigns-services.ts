import { CampaignsServiceService } from '@tidegate/contracts/campaigns/v1/campaigns';
import { GoalsServiceService } from '@tidegate/contracts/campaigns/v1/goals';
import { NameListsServiceService } from '@tidegate/contracts/campaigns/v1/name_lists';
import { StrategyDeskServiceService } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { StrategySimulationServiceService } from '@tidegate/contracts/campaigns/v1/strategy_simulation';
import type { GrpcService } from '@tidegate/grpc';

/** Every gRPC service that this process answers as: the service's own, and one of each feature folder. */
export const CAMPAIGNS_SERVICES: GrpcService[] = [
  CampaignsServiceService,
  NameListsServiceService,
  StrategyDeskServiceService,
  GoalsServiceService,
  StrategySimulationServiceService,
];
