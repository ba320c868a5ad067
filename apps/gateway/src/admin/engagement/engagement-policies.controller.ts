import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListEngagementPoliciesRequest,
  PutEngagementPolicyRequest,
} from '@tidegate/contracts/arbitration/v1/engagement';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetEngagementPolicyResponse,
  ListEngagementPoliciesResponse,
  PutEngagementPolicyResponse,
} from '../../responses/arbitration/engagement.response';
import { EngagementPolicyBody } from './engagement-policies.request';

@ApiTags('Engagement policies')
@Controller('admin/v1/engagement-policies')
export class AdminEngagementPoliciesController {
  constructor(private readonly peers: Peers) {}

  @Put(':scope/:key')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Puts the rules that hold for every action of a business issue or product group.',
    answer: PutEngagementPolicyResponse,
    reasons: ['RULE_INVALID', 'VERSION_CONFLICT', 'ENGAGEMENT_POLICY_NOT_FOUND', 'EVENT_COUNTERS_FULL'],
  })
  put(
    @Param('scope', IdPipe) scope: string,
    @Param('key', IdPipe) key: string,
    @Body() body: EngagementPolicyBody,
    @RequestId() requestId: string,
  ): Promise<PutEngagementPolicyResponse> {
    const request = PutEngagementPolicyRequest.fromPartial({ requestId, policy: { ...body, scope, key } });
    return this.peers.engagement.putEngagementPolicy(request);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages engagement policies, by scope and key.', answer: ListEngagementPoliciesResponse })
  list(@Query() query: PageQuery): Promise<ListEngagementPoliciesResponse> {
    return this.peers.engagement.listEngagementPolicies(ListEngagementPoliciesRequest.fromPartial(query));
  }

  @Get(':scope/:key')
  @Access(READER)
  @Endpoint({
    summary: 'The rules of one business issue or product group.',
    answer: GetEngagementPolicyResponse,
    reasons: ['ENGAGEMENT_POLICY_NOT_FOUND'],
  })
  get(@Param('scope', IdPipe) scope: string, @Param('key', IdPipe) key: string): Promise<GetEngagementPolicyResponse> {
    return this.peers.engagement.getEngagementPolicy({ scope, key });
  }
}
