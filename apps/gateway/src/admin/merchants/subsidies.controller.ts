import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetSubsidySummaryRequest, ListSubsidiesRequest } from '@tidegate/contracts/merchants/v1/traffic';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { SubsidySpanQuery } from '../../requests/subsidy.query';
import { GetSubsidySummaryResponse, ListSubsidiesResponse } from '../../responses/merchants/subsidy.response';

@ApiTags('Traffic')
@Controller('admin/v1/merchants/:merchantId')
export class AdminSubsidiesController {
  constructor(private readonly peers: Peers) {}

  @Get('subsidies')
  @Access(READER)
  @Endpoint({
    summary: 'Pages what a merchant earned by traffic 反馈补贴, newest first.',
    answer: ListSubsidiesResponse,
    reasons: ['MERCHANT_NOT_FOUND'],
  })
  list(@Param('merchantId', IdPipe) merchantId: string, @Query() page: PageQuery): Promise<ListSubsidiesResponse> {
    return this.peers.traffic.listSubsidies(ListSubsidiesRequest.fromPartial({ ...page, merchantId }));
  }

  @Get('subsidy-summary')
  @Access(READER)
  @Endpoint({
    summary: 'What a merchant earned in a span of business dates, by plan.',
    answer: GetSubsidySummaryResponse,
    reasons: ['MERCHANT_NOT_FOUND'],
  })
  summary(
    @Param('merchantId', IdPipe) merchantId: string,
    @Query() span: SubsidySpanQuery,
  ): Promise<GetSubsidySummaryResponse> {
    return this.peers.traffic.getSubsidySummary(GetSubsidySummaryRequest.fromPartial({ ...span, merchantId }));
  }
}
