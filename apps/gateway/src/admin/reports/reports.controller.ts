import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetBenefitReportRequest,
  GetEffectRequest,
  GetFunnelRequest,
  GetLeadReportRequest,
  GetModelEffectRequest,
  GetMomentLatencyRequest,
} from '@tidegate/contracts/review/v1/review';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  GetBenefitReportResponse,
  GetIntakeReportResponse,
  GetLeadReportResponse,
  GetMomentLatencyResponse,
} from '../../responses/review/activity.response';
import { GetEffectResponse } from '../../responses/review/effect.response';
import { GetFunnelResponse } from '../../responses/review/funnel.response';
import { GetModelEffectResponse } from '../../responses/review/model-effect.response';
import { EffectQuery, FunnelQuery, ModelEffectQuery, SinceQuery, StockQuery, StrategyQuery } from './reports.request';

@ApiTags('Reports')
@Controller('admin/v1/reports')
export class AdminReportsController {
  constructor(private readonly peers: Peers) {}

  @Get('funnel')
  @Access(READER)
  @Endpoint({
    summary: 'Funnel per strategy and channel, with the reasons of those who got nothing.',
    answer: GetFunnelResponse,
  })
  funnel(@Query() query: FunnelQuery): Promise<GetFunnelResponse> {
    return this.peers.review.getFunnel(GetFunnelRequest.fromPartial(query), LONG);
  }

  @Get('effect')
  @Access(READER)
  @Endpoint({
    summary:
      'Lift against the holdout, with confidence interval and sample-ratio check, judged by the strategy’s evaluation plan.',
    answer: GetEffectResponse,
    reasons: ['STRATEGY_UNKNOWN'],
  })
  effect(@Query() query: EffectQuery): Promise<GetEffectResponse> {
    return this.peers.review.getEffect(GetEffectRequest.fromPartial(query), LONG);
  }

  @Get('model-effect')
  @Access(READER)
  @Endpoint({
    summary:
      'Model group against non-model group 模型组与非模型组 of a slot: conversions, value and lift per decision.',
    answer: GetModelEffectResponse,
    reasons: ['MODEL_SLOT_UNKNOWN'],
  })
  modelEffect(@Query() query: ModelEffectQuery): Promise<GetModelEffectResponse> {
    return this.peers.review.getModelEffect(GetModelEffectRequest.fromPartial(query), LONG);
  }

  @Get('moment-latency')
  @Access(READER)
  @Endpoint({
    summary: 'From a fact’s acceptance to the decision made for its moment.',
    answer: GetMomentLatencyResponse,
  })
  momentLatency(@Query() query: SinceQuery): Promise<GetMomentLatencyResponse> {
    return this.peers.review.getMomentLatency(GetMomentLatencyRequest.fromPartial(query), LONG);
  }

  @Get('benefits')
  @Access(READER)
  @Endpoint({ summary: 'Claims accepted and refused, transfers and redemptions.', answer: GetBenefitReportResponse })
  benefits(@Query() query: StockQuery): Promise<GetBenefitReportResponse> {
    return this.peers.review.getBenefitReport(GetBenefitReportRequest.fromPartial(query), LONG);
  }

  @Get('leads')
  @Access(READER)
  @Endpoint({ summary: 'Leads by disposition.', answer: GetLeadReportResponse })
  leads(@Query() query: StrategyQuery): Promise<GetLeadReportResponse> {
    return this.peers.review.getLeadReport(GetLeadReportRequest.fromPartial(query), LONG);
  }

  @Get('intake')
  @Access(READER)
  @Endpoint({
    summary: 'How many events of each type were counted: tells when the reports have caught up.',
    answer: GetIntakeReportResponse,
  })
  intake(): Promise<GetIntakeReportResponse> {
    return this.peers.review.getIntakeReport({});
  }
}
