import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateGrowthPlanRequest, ListGrowthPlansRequest } from '@tidegate/contracts/benefits/v1/growth';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import {
  CreateGrowthPlanResponse,
  ListGrowthPlansResponse,
  MoveGrowthPlanResponse,
} from '../../responses/benefits/growth.response';
import { CREATE_REASONS, MOVE_REASONS } from '../definition-reasons';
import { GrowthPlanBody } from './growth-plans.request';

@ApiTags('Growth')
@Controller('admin/v1/growth-plans')
export class AdminGrowthPlansController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a growth plan 成长体系 as a draft; somebody else approves it.',
    answer: CreateGrowthPlanResponse,
    status: 201,
    reasons: CREATE_REASONS,
  })
  create(@Body() plan: GrowthPlanBody, @RequestId() requestId: string): Promise<CreateGrowthPlanResponse> {
    return this.peers.growth.createGrowthPlan(CreateGrowthPlanRequest.fromPartial({ requestId, plan }));
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages growth plans, newest first.',
    answer: ListGrowthPlansResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery): Promise<ListGrowthPlansResponse> {
    return this.peers.growth.listGrowthPlans(ListGrowthPlansRequest.fromPartial(page));
  }

  @Post(':definitionId/moves')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves or retires a growth plan 成长体系.',
    answer: MoveGrowthPlanResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('definitionId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveGrowthPlanResponse> {
    return this.peers.growth.moveGrowthPlan({ requestId, definitionId, move });
  }
}
