import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { IssueAttributionTokenRequest, RecordVisitRequest } from '@tidegate/contracts/merchants/v1/traffic';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { IssueAttributionTokenResponse, RecordVisitResponse } from '../../responses/merchants/visit.response';
import { OutletTokenBody, OutletVisitBody } from './traffic.request';

@ApiTags('Traffic')
@Controller('workbench/v1')
export class WorkbenchTrafficController {
  constructor(private readonly peers: Peers) {}

  @Post('attribution-tokens')
  @Access(AGENT)
  @Endpoint({
    summary: 'A token that leads customers of an outlet into the app; each call gives another one.',
    answer: IssueAttributionTokenResponse,
    status: 201,
    reasons: ['PLAN_NOT_FOUND', 'PLAN_NOT_RUNNING', 'PLACE_NOT_IN_PLAN'],
  })
  issue(@Body() body: OutletTokenBody): Promise<IssueAttributionTokenResponse> {
    return this.peers.traffic.issueAttributionToken(IssueAttributionTokenRequest.fromPartial(body));
  }

  @Post('visits')
  @Access(AGENT)
  @Endpoint({
    summary: 'Says that a customer whom a store led came to an outlet.',
    answer: RecordVisitResponse,
    status: 201,
    reasons: [
      'ATTRIBUTION_TOKEN_INVALID',
      'ATTRIBUTION_TOKEN_EXPIRED',
      'ATTRIBUTION_TOKEN_USED',
      'PLAN_NOT_RUNNING',
      'PLACE_NOT_IN_PLAN',
    ],
  })
  visit(@Body() body: OutletVisitBody, @RequestId() requestId: string): Promise<RecordVisitResponse> {
    return this.peers.traffic.recordVisit(RecordVisitRequest.fromPartial({ ...body, requestId }));
  }
}
