import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListCapacityRequest, PutCapacityRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListCapacityResponse, PutCapacityResponse } from '../../responses/arbitration/capacity.response';
import { CapacityBody, CapacityQuery } from './capacity.request';

@ApiTags('Capacity')
@Controller('admin/v1/capacity')
export class AdminCapacityController {
  constructor(private readonly peers: Peers) {}

  @Put(':queue/:slot')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Sets the human capacity 产能 of a queue and slot.',
    answer: PutCapacityResponse,
    reasons: ['CAPACITY_BELOW_RESERVED', 'CAPACITY_FROM_SHIFTS', 'HEAD_OFFICE_ONLY'],
  })
  put(
    @Param('queue', IdPipe) queue: string,
    @Param('slot', IdPipe) slot: string,
    @Body() { units }: CapacityBody,
    @RequestId() requestId: string,
  ): Promise<PutCapacityResponse> {
    return this.peers.arbitration.putCapacity(PutCapacityRequest.fromPartial({ requestId, queue, slot, units }));
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages capacity with what is reserved and used.',
    answer: ListCapacityResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  list(@Query() query: CapacityQuery): Promise<ListCapacityResponse> {
    return this.peers.arbitration.listCapacity(ListCapacityRequest.fromPartial(query));
  }
}
