import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListSegmentsRequest, PutSegmentRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetSegmentResponse,
  ListSegmentsResponse,
  PutSegmentResponse,
} from '../../responses/customers/segment.response';
import { SegmentBody } from './segments.request';

@ApiTags('Segments')
@Controller('admin/v1/segments')
export class AdminSegmentsController {
  constructor(private readonly peers: Peers) {}

  @Put(':segmentId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates or replaces a segment 客群.',
    answer: PutSegmentResponse,
    reasons: ['RULE_INVALID', 'RULE_SEGMENT_CYCLE', 'VERSION_CONFLICT'],
  })
  put(
    @Param('segmentId', IdPipe) segmentId: string,
    @Body() body: SegmentBody,
    @RequestId() requestId: string,
  ): Promise<PutSegmentResponse> {
    const request = PutSegmentRequest.fromPartial({ requestId, segment: { ...body, segmentId } });
    return this.peers.customers.putSegment(request);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages segments in id order.', answer: ListSegmentsResponse })
  list(@Query() page: PageQuery): Promise<ListSegmentsResponse> {
    return this.peers.customers.listSegments(ListSegmentsRequest.fromPartial(page));
  }

  @Get(':segmentId')
  @Access(READER)
  @Endpoint({ summary: 'One segment.', answer: GetSegmentResponse, reasons: ['SEGMENT_NOT_FOUND'] })
  get(@Param('segmentId', IdPipe) segmentId: string): Promise<GetSegmentResponse> {
    return this.peers.customers.getSegment({ segmentId });
  }
}
