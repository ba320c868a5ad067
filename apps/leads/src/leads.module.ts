import { Module } from '@nestjs/common';
import { CoordinationController } from './coordination.controller';
import { DeskLoader } from './desk/desk-loader';
import { LeadDesk } from './desk/lead-desk';
import { LeadMaker } from './desk/lead-maker';
import { ThreadAccess } from './desk/thread-access';
import { LeadsConfig } from './leads.config';
import { LeadsConsumer } from './leads.consumer';
import { LeadsController } from './leads.controller';
import { PEERS } from './leads.peers';
import { EarlyCapacityMoveRepository } from './repositories/early-capacity-move.repository';
import { LeadOwnerRepository } from './repositories/lead-owner.repository';
import { LeadRepository } from './repositories/lead.repository';
import { FollowPersonsUseCase, PersonLinkRepository } from '@tidegate/person-links';
import { QueueRepository } from './repositories/queue.repository';
import { RouteRepository } from './repositories/route.repository';
import { SeatRepository } from './repositories/seat.repository';
import { StrategyStateRepository } from './repositories/strategy-state.repository';
import { TalkRepository } from './repositories/talk.repository';
import { ThreadRepository } from './repositories/thread.repository';
import { AcceptLeadUseCase } from './use-cases/accept-lead/accept-lead.use-case';
import { AddThreadEntryUseCase } from './use-cases/add-thread-entry/add-thread-entry.use-case';
import { CreateLeadsUseCase } from './use-cases/create-leads/create-leads.use-case';
import { DeclineLeadUseCase } from './use-cases/decline-lead/decline-lead.use-case';
import { EndStoppedLeadsUseCase } from './use-cases/end-stopped-leads/end-stopped-leads.use-case';
import { FollowStrategiesUseCase } from './use-cases/follow-strategies/follow-strategies.use-case';
import { GetLeadUseCase } from './use-cases/get-lead/get-lead.use-case';
import { LeadBriefReader } from './use-cases/get-lead/lead-brief';
import { GetSeatUseCase } from './use-cases/get-seat/get-seat.use-case';
import { HandOverLeadUseCase } from './use-cases/hand-over-lead/hand-over-lead.use-case';
import { KeepChannelHoursUseCase } from './use-cases/keep-channel-hours/keep-channel-hours.use-case';
import { ListLeadsUseCase } from './use-cases/list-leads/list-leads.use-case';
import { ListQueuesUseCase } from './use-cases/list-queues/list-queues.use-case';
import { ListRoutesUseCase } from './use-cases/list-routes/list-routes.use-case';
import { ListThreadUseCase } from './use-cases/list-thread/list-thread.use-case';
import { ListSeatsUseCase } from './use-cases/list-seats/list-seats.use-case';
import { MoveDueLeadsUseCase } from './use-cases/move-due-leads/move-due-leads.use-case';
import { OwnLeadsUseCase } from './use-cases/own-leads/own-leads.use-case';
import { PromiseLeadsUseCase } from './use-cases/promise-leads/promise-leads.use-case';
import { PutQueueUseCase } from './use-cases/put-queue/put-queue.use-case';
import { PutRouteUseCase } from './use-cases/put-route/put-route.use-case';
import { PutSeatUseCase } from './use-cases/put-seat/put-seat.use-case';
import { RecordDispositionUseCase } from './use-cases/record-disposition/record-disposition.use-case';
import { ReleaseLeadUseCase } from './use-cases/release-lead/release-lead.use-case';
import { RetractLeadsUseCase } from './use-cases/retract-leads/retract-leads.use-case';
import { SetSeatStateUseCase } from './use-cases/set-seat-state/set-seat-state.use-case';
import { TakeOverCustomerUseCase } from './use-cases/take-over-customer/take-over-customer.use-case';

@Module({
  controllers: [LeadsController, CoordinationController],
  providers: [
    { provide: LeadsConfig, useFactory: () => new LeadsConfig() },
    ...PEERS,
    QueueRepository,
    SeatRepository,
    EarlyCapacityMoveRepository,
    LeadOwnerRepository,
    LeadRepository,
    PersonLinkRepository,
    StrategyStateRepository,
    RouteRepository,
    TalkRepository,
    ThreadRepository,
    ThreadAccess,
    DeskLoader,
    LeadDesk,
    LeadMaker,
    RetractLeadsUseCase,
    LeadBriefReader,
    LeadsConsumer,
    CreateLeadsUseCase,
    FollowPersonsUseCase,
    FollowStrategiesUseCase,
    EndStoppedLeadsUseCase,
    KeepChannelHoursUseCase,
    OwnLeadsUseCase,
    PutQueueUseCase,
    ListQueuesUseCase,
    PutSeatUseCase,
    SetSeatStateUseCase,
    GetSeatUseCase,
    ListSeatsUseCase,
    AcceptLeadUseCase,
    DeclineLeadUseCase,
    RecordDispositionUseCase,
    GetLeadUseCase,
    ListLeadsUseCase,
    MoveDueLeadsUseCase,
    PromiseLeadsUseCase,
    PutRouteUseCase,
    ListRoutesUseCase,
    TakeOverCustomerUseCase,
    HandOverLeadUseCase,
    ReleaseLeadUseCase,
    AddThreadEntryUseCase,
    ListThreadUseCase,
  ],
})
export class LeadsModule {}
