import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { VoidInstanceResponse } from '../../responses/benefits/instance.response';
import { VoidRequest } from './instances.request';

@ApiTags('Stocks')
@Controller('admin/v1/instances')
export class AdminInstancesController {
  constructor(private readonly peers: Peers) {}

  @Post(':instanceId/void')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Takes an unused benefit back 作废; the stock and its holder may have one again.',
    answer: VoidInstanceResponse,
    reasons: ['INSTANCE_NOT_FOUND', 'INSTANCE_NOT_AVAILABLE', 'HEAD_OFFICE_ONLY'],
  })
  void(
    @Param('instanceId', IdPipe) instanceId: string,
    @Body() { reason }: VoidRequest,
    @RequestId() requestId: string,
  ): Promise<VoidInstanceResponse> {
    return this.peers.benefits.voidInstance({ requestId, instanceId, reason });
  }
}
