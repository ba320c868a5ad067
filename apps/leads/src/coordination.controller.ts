import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/leads/v1/coordination';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import { staffOf } from './leads.controller';
import { AddThreadEntryInput } from './use-cases/add-thread-entry/add-thread-entry.request';
import { AddThreadEntryUseCase } from './use-cases/add-thread-entry/add-thread-entry.use-case';
import { HandOverLeadInput } from './use-cases/hand-over-lead/hand-over-lead.request';
import { HandOverLeadUseCase } from './use-cases/hand-over-lead/hand-over-lead.use-case';
import { ListRoutesInput } from './use-cases/list-routes/list-routes.request';
import { ListRoutesUseCase } from './use-cases/list-routes/list-routes.use-case';
import { ListThreadInput } from './use-cases/list-thread/list-thread.request';
import { ListThreadUseCase } from './use-cases/list-thread/list-thread.use-case';
import { PutRouteInput } from './use-cases/put-route/put-route.request';
import { PutRouteUseCase } from './use-cases/put-route/put-route.use-case';
import { ReleaseLeadInput } from './use-cases/release-lead/release-lead.request';
import { ReleaseLeadUseCase } from './use-cases/release-lead/release-lead.use-case';
import { TakeOverCustomerInput } from './use-cases/take-over-customer/take-over-customer.request';
import { TakeOverCustomerUseCase } from './use-cases/take-over-customer/take-over-customer.use-case';

type Rpcs = Handlers<typeof rpc.CoordinationServiceService>;

/** The inlets of coordination 协同: validate, call, map. */
@GrpcController(rpc.CoordinationServiceService)
export class CoordinationController implements Rpcs {
  constructor(
    private readonly putRouteUseCase: PutRouteUseCase,
    private readonly listRoutesUseCase: ListRoutesUseCase,
    private readonly takeOverCustomerUseCase: TakeOverCustomerUseCase,
    private readonly handOverLeadUseCase: HandOverLeadUseCase,
    private readonly releaseLeadUseCase: ReleaseLeadUseCase,
    private readonly addThreadEntryUseCase: AddThreadEntryUseCase,
    private readonly listThreadUseCase: ListThreadUseCase,
  ) {}

  async putRoute(request: rpc.PutRouteRequest, metadata: Metadata): Promise<rpc.PutRouteResponse> {
    return { route: await this.putRouteUseCase.execute(validated(PutRouteInput, request), staffOf(metadata)) };
  }

  async listRoutes(request: rpc.ListRoutesRequest, metadata: Metadata): Promise<rpc.ListRoutesResponse> {
    return this.listRoutesUseCase.execute(staffOf(metadata), validated(ListRoutesInput, request));
  }

  async takeOverCustomer(
    request: rpc.TakeOverCustomerRequest,
    metadata: Metadata,
  ): Promise<rpc.TakeOverCustomerResponse> {
    const input = validated(TakeOverCustomerInput, request);
    const { lead, isInbound } = await this.takeOverCustomerUseCase.execute(input, staffOf(metadata));
    return { lead, isInbound };
  }

  async handOverLead(request: rpc.HandOverLeadRequest, metadata: Metadata): Promise<rpc.HandOverLeadResponse> {
    const input = validated(HandOverLeadInput, request);
    return { lead: await this.handOverLeadUseCase.execute(input, staffOf(metadata)) };
  }

  async releaseLead(request: rpc.ReleaseLeadRequest, metadata: Metadata): Promise<rpc.ReleaseLeadResponse> {
    const input = validated(ReleaseLeadInput, request);
    return { lead: await this.releaseLeadUseCase.execute(input, staffOf(metadata)) };
  }

  async addThreadEntry(request: rpc.AddThreadEntryRequest, metadata: Metadata): Promise<rpc.AddThreadEntryResponse> {
    const input = validated(AddThreadEntryInput, request);
    return { entry: await this.addThreadEntryUseCase.execute(input, actorOf(metadata)) };
  }

  async listThread(request: rpc.ListThreadRequest, metadata: Metadata): Promise<rpc.ListThreadResponse> {
    return this.listThreadUseCase.execute(validated(ListThreadInput, request), actorOf(metadata));
  }
}
