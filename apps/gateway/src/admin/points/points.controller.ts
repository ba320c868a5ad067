import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ReversePointsResponse } from '../../responses/benefits/points.response';
import { ReversePointsBody } from './points.request';

@ApiTags('Points')
@Controller('admin/v1/points')
export class AdminPointsController {
  constructor(private readonly peers: Peers) {}

  @Post('reversals')
  @Access(ADMIN)
  @Endpoint({
    summary:
      'Takes back what card transactions earned 积分撤回, as far as it is not spent or expired; each once for ever.',
    answer: ReversePointsResponse,
    reasons: ['HEAD_OFFICE_ONLY'],
  })
  reverse(@Body() { reversals }: ReversePointsBody, @RequestId() requestId: string): Promise<ReversePointsResponse> {
    return this.peers.points.reversePoints({ requestId, reversals });
  }
}
