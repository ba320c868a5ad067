import { ArbitrationServiceService } from '@tidegate/contracts/arbitration/v1/arbitration';
import { EngagementServiceService } from '@tidegate/contracts/arbitration/v1/engagement';
import { ModelsServiceService } from '@tidegate/contracts/arbitration/v1/models';
import { QuotasServiceService } from '@tidegate/contracts/arbitration/v1/quotas';
import { ShiftsServiceService } from '@tidegate/contracts/arbitration/v1/shifts';
import { SimulationServiceService } from '@tidegate/contracts/arbitration/v1/simulation';
import type { GrpcService } from '@tidegate/grpc';

/** Every gRPC service that this process answers as. */
export const ARBITRATION_SERVICES: GrpcService[] = [
  ArbitrationServiceService,
  EngagementServiceService,
  ModelsServiceService,
  QuotasServiceService,
  ShiftsServiceService,
  SimulationServiceService,
];
