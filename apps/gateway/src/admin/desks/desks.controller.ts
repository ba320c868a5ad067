import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListQueuesRequest,
  ListSeatsRequest,
  PutQueueRequest,
  PutSeatRequest,
} from '@tidegate/contracts/leads/v1/leads';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER, ROSTER_READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListQueuesResponse, PutQueueResponse } from '../../responses/leads/queue.response';
import { GetSeatResponse, ListSeatsResponse, PutSeatResponse } from '../../responses/leads/seat.response';
import { QueueBody, SeatBody, SeatsQuery } from './desks.request';

@ApiTags('Queues and seats')
@Controller('admin/v1')
export class AdminDesksController {
  constructor(private readonly peers: Peers) {}

  @Put('queues/:queue')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces a queue.',
    answer: PutQueueResponse,
    reasons: ['QUEUE_OVERFLOW_CYCLE', 'QUEUE_OF_OTHER_ORG', 'QUEUE_IN_USE'],
  })
  putQueue(
    @Param('queue', IdPipe) queue: string,
    @Body() body: QueueBody,
    @RequestId() requestId: string,
  ): Promise<PutQueueResponse> {
    const request = PutQueueRequest.fromPartial({ requestId, queue: { ...body, queue } });
    return this.peers.leads.putQueue(request);
  }

  @Get('queues')
  @Access(READER)
  @Endpoint({ summary: 'Pages queues with their waiting counts.', answer: ListQueuesResponse })
  listQueues(@Query() page: PageQuery): Promise<ListQueuesResponse> {
    return this.peers.leads.listQueues(ListQueuesRequest.fromPartial(page));
  }

  @Put('seats/:seatId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces a seat 坐席.',
    answer: PutSeatResponse,
    reasons: ['QUEUE_NOT_FOUND', 'QUEUE_OF_OTHER_ORG'],
  })
  putSeat(
    @Param('seatId', IdPipe) seatId: string,
    @Body() body: SeatBody,
    @RequestId() requestId: string,
  ): Promise<PutSeatResponse> {
    return this.peers.leads.putSeat(PutSeatRequest.fromPartial({ requestId, seat: { ...body, seatId } }));
  }

  @Get('seats')
  @Access(ROSTER_READER)
  @Endpoint({
    summary: 'Pages seats of the caller’s organisation: who is there, who is away.',
    answer: ListSeatsResponse,
  })
  listSeats(@Query() query: SeatsQuery): Promise<ListSeatsResponse> {
    return this.peers.leads.listSeats(ListSeatsRequest.fromPartial(query));
  }

  @Get('seats/:seatId')
  @Access(READER)
  @Endpoint({ summary: 'A seat with its open leads.', answer: GetSeatResponse, reasons: ['SEAT_NOT_FOUND'] })
  getSeat(@Param('seatId', IdPipe) seatId: string): Promise<GetSeatResponse> {
    return this.peers.leads.getSeat({ seatId });
  }
}
