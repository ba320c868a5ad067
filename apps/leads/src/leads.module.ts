import { Module } from '@nestjs/common';
import { DeskLoader } from './desk/desk-loader';
import { LeadDesk } from './desk/lead-desk';
import { LeadsConfig } from './leads.config';
import { LeadsConsumer } from './leads.consumer';
import { LeadsController } from './leads.controller';
import { PEERS } from './leads.peers';
import { LeadOwnerRepository } from './repositories/lead-owner.repository';
import { LeadRepository } from './repositories/lead.repository';
import { QueueRepository } from './repositories/queue.repository';
import { SeatRepository } from './repositories/seat.repository';
import { AcceptLeadUseCase } from './use-cases/accept-lead/accept-lead.use-case';
import { CreateLeadsUseCase } from './use-cases/create-leads/create-leads.use-case';
import { DeclineLeadUseCase } from './use-cases/decline-lead/decline-lead.use-case';
import { GetLeadUseCase } from './use-cases/get-lead/get-lead.use-case';
import { LeadBriefReader } from './use-cases/get-lead/lead-brief';
import { GetSeatUseCase } from './use-cases/get-seat/get-seat.use-case';
import { ListLeadsUseCase } from './use-cases/list-leads/list-leads.use-case';
import { ListQueuesUseCase } from './use-cases/list-queues/list-queues.use-case';
import { MoveDueLeadsUseCase } from './use-cases/move-due-leads/move-due-leads.use-case';
import { OwnLeadsUseCase } from './use-cases/own-leads/own-leads.use-case';
import { PutQueueUseCase } from './use-cases/put-queue/put-queue.use-case';
import { PutSeatUseCase } from './use-cases/put-seat/put-seat.use-case';
import { RecordDispositionUseCase } from './use-cases/record-disposition/record-disposition.use-case';
import { SetSeatStateUseCase } from './use-cases/set-seat-state/set-seat-state.use-case';

@Module({
  controllers: [LeadsController],
  providers: [
    { provide: LeadsConfig, useFactory: () => new LeadsConfig() },
    ...PEERS,
    QueueRepository,
    SeatRepository,
    LeadOwnerRepository,
    LeadRepository,
    DeskLoader,
    LeadDesk,
    LeadBriefReader,
    LeadsConsumer,
    CreateLeadsUseCase,
    OwnLeadsUseCase,
    PutQueueUseCase,
    ListQueuesUseCase,
    PutSeatUseCase,
    SetSeatStateUseCase,
    GetSeatUseCase,
    AcceptLeadUseCase,
    DeclineLeadUseCase,
    RecordDispositionUseCase,
    GetLeadUseCase,
    ListLeadsUseCase,
    MoveDueLeadsUseCase,
  ],
})
export class LeadsModule {}
