import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListQueuesRequest, SetSeatStateRequest } from '@tidegate/contracts/leads/v1/leads';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListQueuesResponse } from '../../responses/leads/queue.response';
import { GetSeatResponse, SetSeatStateResponse } from '../../responses/leads/seat.response';
import { SeatStateRequest } from './seats.request';

@ApiTags('Seats')
@Controller('workbench/v1')
export class WorkbenchSeatsController {
  constructor(private readonly peers: Peers) {}

  @Get('seats/:seatId')
  @Access(AGENT)
  @Endpoint({ summary: 'The seat with its open leads.', answer: GetSeatResponse, reasons: ['SEAT_NOT_FOUND'] })
  get(@Param('seatId', IdPipe) seatId: string): Promise<GetSeatResponse> {
    return this.peers.leads.getSeat({ seatId });
  }

  @Put('seats/:seatId/state')
  @Access(AGENT)
  @Endpoint({
    summary: 'Available or away; an available seat is offered waiting leads.',
    answer: SetSeatStateResponse,
    reasons: ['SEAT_NOT_FOUND'],
  })
  setState(
    @Param('seatId', IdPipe) seatId: string,
    @Body() { state }: SeatStateRequest,
    @RequestId() requestId: string,
  ): Promise<SetSeatStateResponse> {
    return this.peers.leads.setSeatState(SetSeatStateRequest.fromPartial({ requestId, seatId, state }));
  }

  @Get('queues')
  @Access(AGENT)
  @Endpoint({ summary: 'Pages queues with what waits in them.', answer: ListQueuesResponse })
  queues(@Query() page: PageQuery): Promise<ListQueuesResponse> {
    return this.peers.leads.listQueues(ListQueuesRequest.fromPartial(page));
  }
}
