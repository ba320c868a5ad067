import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  CreateStrategyRequest,
  GetStrategyRequest,
  ListStrategiesRequest,
  UpdateStrategyRequest,
} from '@tidegate/contracts/campaigns/v1/campaigns';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { VersionQuery } from '../../requests/version.query';
import {
  CreateStrategyResponse,
  GetStrategyResponse,
  ListStrategiesResponse,
  UpdateStrategyResponse,
} from '../../responses/campaigns/strategy-answer.response';
import { CreateStrategyBody, StrategiesQuery, UpdateStrategyBody } from './strategies.request';

const CONTENT_REASONS = ['ACTION_NOT_FOUND', 'SEGMENT_NOT_FOUND', 'RULE_INVALID'];

@ApiTags('Strategies')
@Controller('admin/v1/strategies')
export class AdminStrategiesController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({ summary: 'Drafts a strategy.', answer: CreateStrategyResponse, status: 201, reasons: CONTENT_REASONS })
  create(@Body() strategy: CreateStrategyBody, @RequestId() requestId: string): Promise<CreateStrategyResponse> {
    return this.peers.campaigns.createStrategy(CreateStrategyRequest.fromPartial({ requestId, strategy }));
  }

  @Put(':strategyId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Changes a draft; a published strategy gets a new draft version.',
    answer: UpdateStrategyResponse,
    reasons: ['STRATEGY_NOT_FOUND', 'STRATEGY_NOT_DRAFT', 'VERSION_CONFLICT', ...CONTENT_REASONS],
  })
  update(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() body: UpdateStrategyBody,
    @RequestId() requestId: string,
  ): Promise<UpdateStrategyResponse> {
    const request = UpdateStrategyRequest.fromPartial({ requestId, strategy: { ...body, strategyId } });
    return this.peers.campaigns.updateStrategy(request);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages newest versions, optionally of one state.', answer: ListStrategiesResponse })
  list(@Query() query: StrategiesQuery): Promise<ListStrategiesResponse> {
    return this.peers.campaigns.listStrategies(ListStrategiesRequest.fromPartial(query));
  }

  @Get(':strategyId')
  @Access(READER)
  @Endpoint({ summary: 'One version of a strategy.', answer: GetStrategyResponse, reasons: ['STRATEGY_NOT_FOUND'] })
  get(@Param('strategyId', IdPipe) strategyId: string, @Query() query: VersionQuery): Promise<GetStrategyResponse> {
    return this.peers.campaigns.getStrategy(GetStrategyRequest.fromPartial({ ...query, strategyId }));
  }
}
