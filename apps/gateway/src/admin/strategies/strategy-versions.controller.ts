import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  DiffStrategyVersionsRequest,
  ListStrategyVersionsRequest,
  RollBackStrategyRequest,
} from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  CheckStrategyResponse,
  DiffStrategyVersionsResponse,
  ListStrategyVersionsResponse,
  RollBackStrategyResponse,
} from '../../responses/campaigns/strategy-desk.response';
import { DiffQuery, RollBackBody } from './strategy-versions.request';

@ApiTags('Strategies')
@Controller('admin/v1/strategies/:strategyId')
export class AdminStrategyVersionsController {
  constructor(private readonly peers: Peers) {}

  @Get('findings')
  @Access(READER)
  @Endpoint({
    summary: 'Every finding of the newest version, before it is submitted.',
    answer: CheckStrategyResponse,
    reasons: ['STRATEGY_NOT_FOUND'],
  })
  check(@Param('strategyId', IdPipe) strategyId: string): Promise<CheckStrategyResponse> {
    return this.peers.strategyDesk.checkStrategy({ strategyId }, LONG);
  }

  @Get('versions')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the versions of a strategy, newest first.',
    answer: ListStrategyVersionsResponse,
    reasons: ['STRATEGY_NOT_FOUND'],
  })
  list(
    @Param('strategyId', IdPipe) strategyId: string,
    @Query() page: PageQuery,
  ): Promise<ListStrategyVersionsResponse> {
    const request = ListStrategyVersionsRequest.fromPartial({ ...page, strategyId });
    return this.peers.strategyDesk.listStrategyVersions(request);
  }

  @Get('diff')
  @Access(READER)
  @Endpoint({
    summary: 'What changed between two versions, in words.',
    answer: DiffStrategyVersionsResponse,
    reasons: ['STRATEGY_NOT_FOUND'],
  })
  diff(
    @Param('strategyId', IdPipe) strategyId: string,
    @Query() query: DiffQuery,
  ): Promise<DiffStrategyVersionsResponse> {
    const request = DiffStrategyVersionsRequest.fromPartial({ ...query, strategyId });
    return this.peers.strategyDesk.diffStrategyVersions(request);
  }

  @Post('roll-back')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Puts a version that was published before in force again 回滚, in one call.',
    answer: RollBackStrategyResponse,
    reasons: [
      'STRATEGY_NOT_FOUND',
      'STRATEGY_NOT_LIVE',
      'VERSION_NEVER_PUBLISHED',
      'APPROVER_IS_MAKER',
      'STRATEGY_INCOMPLETE',
      'VERSION_CONFLICT',
    ],
  })
  rollBack(
    @Param('strategyId', IdPipe) strategyId: string,
    @Body() body: RollBackBody,
    @RequestId() requestId: string,
  ): Promise<RollBackStrategyResponse> {
    const request = RollBackStrategyRequest.fromPartial({ ...body, requestId, strategyId });
    return this.peers.strategyDesk.rollBackStrategy(request, LONG);
  }
}
