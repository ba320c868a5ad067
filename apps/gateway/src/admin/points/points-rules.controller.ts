import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreatePointsRuleRequest, ListPointsRulesRequest } from '@tidegate/contracts/benefits/v1/points';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import {
  CreatePointsRuleResponse,
  ListPointsRulesResponse,
  MovePointsRuleResponse,
} from '../../responses/benefits/points.response';
import { CREATE_REASONS, MOVE_REASONS } from '../definition-reasons';
import { PointsRuleBody } from './points-rules.request';

@ApiTags('Points')
@Controller('admin/v1/points-rules')
export class AdminPointsRulesController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a rule of earning points 积分规则 as a draft; somebody else approves it.',
    answer: CreatePointsRuleResponse,
    status: 201,
    reasons: CREATE_REASONS,
  })
  create(@Body() rule: PointsRuleBody, @RequestId() requestId: string): Promise<CreatePointsRuleResponse> {
    return this.peers.points.createPointsRule(CreatePointsRuleRequest.fromPartial({ requestId, rule }));
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages rules of earning points, newest first.',
    answer: ListPointsRulesResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery): Promise<ListPointsRulesResponse> {
    return this.peers.points.listPointsRules(ListPointsRulesRequest.fromPartial(page));
  }

  @Post(':definitionId/moves')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves or retires a rule of earning points 积分规则.',
    answer: MovePointsRuleResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('definitionId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MovePointsRuleResponse> {
    return this.peers.points.movePointsRule({ requestId, definitionId, move });
  }
}
