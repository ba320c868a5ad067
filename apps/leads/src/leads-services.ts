import { CoordinationServiceService } from '@tidegate/contracts/leads/v1/coordination';
import { LeadsServiceService } from '@tidegate/contracts/leads/v1/leads';
import type { GrpcService } from '@tidegate/grpc';

/** Every gRPC service that this process answers as. */
export const LEADS_SERVICES: GrpcService[] = [LeadsServiceService, CoordinationServiceService];
