import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListEventCountersResponse } from '../../responses/arbitration/engagement.response';

@ApiTags('Engagement policies')
@Controller('admin/v1/event-counters')
export class AdminEventCountersController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'What is counted of past facts for the rules in force, and whether it is whole; at most 64.',
    answer: ListEventCountersResponse,
  })
  list(): Promise<ListEventCountersResponse> {
    return this.peers.engagement.listEventCounters({});
  }
}
