import type { Metadata } from '@grpc/grpc-js';
import * as rpc from '@tidegate/contracts/leads/v1/leads';
import { DomainError } from '@tidegate/errors';
import { actorOf, GrpcController, validated, type Handlers } from '@tidegate/grpc';
import type { Actor } from '@tidegate/observability';
import type { Seat } from './domain/seat';
import { AcceptLeadInput } from './use-cases/accept-lead/accept-lead.request';
import { AcceptLeadUseCase } from './use-cases/accept-lead/accept-lead.use-case';
import { DeclineLeadInput } from './use-cases/decline-lead/decline-lead.request';
import { DeclineLeadUseCase } from './use-cases/decline-lead/decline-lead.use-case';
import { GetLeadUseCase } from './use-cases/get-lead/get-lead.use-case';
import { GetSeatUseCase } from './use-cases/get-seat/get-seat.use-case';
import { ListLeadsInput } from './use-cases/list-leads/list-leads.request';
import { ListLeadsUseCase } from './use-cases/list-leads/list-leads.use-case';
import { ListQueuesInput } from './use-cases/list-queues/list-queues.request';
import { ListQueuesUseCase } from './use-cases/list-queues/list-queues.use-case';
import { ListSeatsInput } from './use-cases/list-seats/list-seats.request';
import { ListSeatsUseCase } from './use-cases/list-seats/list-seats.use-case';
import { PutQueueInput } from './use-cases/put-queue/put-queue.request';
import { PutQueueUseCase } from './use-cases/put-queue/put-queue.use-case';
import { PutSeatInput } from './use-cases/put-seat/put-seat.request';
import { PutSeatUseCase } from './use-cases/put-seat/put-seat.use-case';
import { RecordDispositionInput } from './use-cases/record-disposition/record-disposition.request';
import { RecordDispositionUseCase } from './use-cases/record-disposition/record-disposition.use-case';
import { SetSeatStateInput } from './use-cases/set-seat-state/set-seat-state.request';
import { SetSeatStateUseCase } from './use-cases/set-seat-state/set-seat-state.use-case';

type Rpcs = Handlers<typeof rpc.LeadsServiceService>;

/** Every gRPC inlet of the service: validate, call, map. */
@GrpcController(rpc.LeadsServiceService)
export class LeadsController implements Rpcs {
  constructor(
    private readonly putQueueUseCase: PutQueueUseCase,
    private readonly listQueuesUseCase: ListQueuesUseCase,
    private readonly putSeatUseCase: PutSeatUseCase,
    private readonly setSeatStateUseCase: SetSeatStateUseCase,
    private readonly getSeatUseCase: GetSeatUseCase,
    private readonly listSeatsUseCase: ListSeatsUseCase,
    private readonly acceptLeadUseCase: AcceptLeadUseCase,
    private readonly declineLeadUseCase: DeclineLeadUseCase,
    private readonly recordDispositionUseCase: RecordDispositionUseCase,
    private readonly getLeadUseCase: GetLeadUseCase,
    private readonly listLeadsUseCase: ListLeadsUseCase,
  ) {}

  async putQueue(request: rpc.PutQueueRequest, metadata: Metadata): Promise<rpc.PutQueueResponse> {
    const queue = await this.putQueueUseCase.execute(validated(PutQueueInput, request), staffOf(metadata));
    return { queue: await this.listQueuesUseCase.withCounts(queue) };
  }

  async listQueues(request: rpc.ListQueuesRequest, metadata: Metadata): Promise<rpc.ListQueuesResponse> {
    return this.listQueuesUseCase.execute(staffOf(metadata), validated(ListQueuesInput, request));
  }

  async putSeat(request: rpc.PutSeatRequest, metadata: Metadata): Promise<rpc.PutSeatResponse> {
    const seat = await this.putSeatUseCase.execute(validated(PutSeatInput, request), staffOf(metadata));
    return { seat: seat && withOpenCount(seat) };
  }

  async setSeatState(request: rpc.SetSeatStateRequest, metadata: Metadata): Promise<rpc.SetSeatStateResponse> {
    const seat = await this.setSeatStateUseCase.execute(validated(SetSeatStateInput, request), staffOf(metadata));
    return { seat: seat && withOpenCount(seat) };
  }

  async getSeat(request: rpc.GetSeatRequest, metadata: Metadata): Promise<rpc.GetSeatResponse> {
    const { seat, openLeads } = await this.getSeatUseCase.execute(request.seatId, staffOf(metadata));
    return { seat: withOpenCount(seat), openLeads };
  }

  async listSeats(request: rpc.ListSeatsRequest, metadata: Metadata): Promise<rpc.ListSeatsResponse> {
    const { seats, ...page } = await this.listSeatsUseCase.execute(
      validated(ListSeatsInput, request),
      staffOf(metadata),
    );
    return { seats: seats.map(withOpenCount), ...page };
  }

  async acceptLead(request: rpc.AcceptLeadRequest, metadata: Metadata): Promise<rpc.AcceptLeadResponse> {
    return { lead: await this.acceptLeadUseCase.execute(validated(AcceptLeadInput, request), staffOf(metadata)) };
  }

  async declineLead(request: rpc.DeclineLeadRequest, metadata: Metadata): Promise<rpc.DeclineLeadResponse> {
    return { lead: await this.declineLeadUseCase.execute(validated(DeclineLeadInput, request), staffOf(metadata)) };
  }

  async recordDisposition(
    request: rpc.RecordDispositionRequest,
    metadata: Metadata,
  ): Promise<rpc.RecordDispositionResponse> {
    const input = validated(RecordDispositionInput, request);
    return { lead: await this.recordDispositionUseCase.execute(input, staffOf(metadata)) };
  }

  async getLead(request: rpc.GetLeadRequest, metadata: Metadata): Promise<rpc.GetLeadResponse> {
    const { lead, brief } = await this.getLeadUseCase.execute(request.leadId, staffOf(metadata));
    const { attributes, wallet, ...rest } = brief;
    return {
      lead,
      ...rest,
      wallet: wallet.map(({ stockName, ...instance }) => ({ ...instance, name: stockName })),
      customerAttributes: attributes,
    };
  }

  async listLeads(request: rpc.ListLeadsRequest, metadata: Metadata): Promise<rpc.ListLeadsResponse> {
    return this.listLeadsUseCase.execute(validated(ListLeadsInput, request), staffOf(metadata));
  }
}

const withOpenCount = (seat: Seat): rpc.Seat => ({ ...seat, openCount: seat.openLeadIds.length });

/** Leads are the bank's own work. @throws ACTOR_MISSING, STAFF_ONLY */
export function staffOf(metadata: Metadata): Actor {
  const actor = actorOf(metadata);
  if (actor.kind === 'staff' || actor.kind === 'service') return actor;
  throw new DomainError({
    code: 'PERMISSION_DENIED',
    reason: 'STAFF_ONLY',
    message: 'Only staff may work with leads.',
  });
}
