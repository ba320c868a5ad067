import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListSegmentMembersRequest, PreviewSegmentRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { EvaluateSegmentResponse, ListSegmentMembersResponse } from '../../responses/customers/segment-member.response';
import { PreviewSegmentResponse } from '../../responses/customers/segment.response';
import { MembersQuery, PreviewBody } from './segments.request';

@ApiTags('Segments')
@Controller('admin/v1/segments')
export class AdminSegmentMembersController {
  constructor(private readonly peers: Peers) {}

  @Post('preview')
  @Access(READER)
  @Endpoint({
    summary: 'Counts a rule over the whole base, live.',
    answer: PreviewSegmentResponse,
    reasons: ['RULE_INVALID'],
  })
  preview(@Body() body: PreviewBody): Promise<PreviewSegmentResponse> {
    return this.peers.customers.previewSegment(PreviewSegmentRequest.fromPartial(body), LONG);
  }

  @Get(':segmentId/members')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the members, in customer id order.',
    answer: ListSegmentMembersResponse,
    reasons: ['SEGMENT_NOT_FOUND'],
  })
  members(
    @Param('segmentId', IdPipe) segmentId: string,
    @Query() page: MembersQuery,
  ): Promise<ListSegmentMembersResponse> {
    const request = ListSegmentMembersRequest.fromPartial({ ...page, segmentId });
    return this.peers.customers.listSegmentMembers(request, LONG);
  }

  @Get(':segmentId/members/:customerId')
  @Access(READER)
  @Endpoint({
    summary: 'Whether one customer is a member now.',
    answer: EvaluateSegmentResponse,
    reasons: ['SEGMENT_NOT_FOUND', 'CUSTOMER_NOT_FOUND'],
  })
  evaluate(
    @Param('segmentId', IdPipe) segmentId: string,
    @Param('customerId', IdPipe) customerId: string,
  ): Promise<EvaluateSegmentResponse> {
    return this.peers.customers.evaluateSegment({ segmentId, customerId });
  }
}
