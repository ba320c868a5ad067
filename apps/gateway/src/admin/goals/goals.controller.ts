import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListGoalsRequest, PutGoalRequest } from '@tidegate/contracts/campaigns/v1/goals';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetGoalResponse, ListGoalsResponse, PutGoalResponse } from '../../responses/campaigns/goal.response';
import { GoalBody, GoalsQuery } from './goals.request';

@ApiTags('Goals')
@Controller('admin/v1/goals')
export class AdminGoalsController {
  constructor(private readonly peers: Peers) {}

  @Put(':goalId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Sets a goal 目标 of a strategy for an organisation, or changes its name, target and end.',
    answer: PutGoalResponse,
    reasons: ['STRATEGY_NOT_FOUND', 'VERSION_CONFLICT', 'GOAL_FIXED', 'GOAL_STARTS_IN_PAST'],
  })
  put(
    @Param('goalId', IdPipe) goalId: string,
    @Body() body: GoalBody,
    @RequestId() requestId: string,
  ): Promise<PutGoalResponse> {
    return this.peers.goals.putGoal(PutGoalRequest.fromPartial({ requestId, goal: { ...body, goalId } }));
  }

  @Get(':goalId')
  @Access(READER)
  @Endpoint({ summary: 'A goal with its progress now.', answer: GetGoalResponse, reasons: ['GOAL_NOT_FOUND'] })
  get(@Param('goalId', IdPipe) goalId: string): Promise<GetGoalResponse> {
    return this.peers.goals.getGoal({ goalId });
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages goals with their progress, optionally of one strategy.', answer: ListGoalsResponse })
  list(@Query() query: GoalsQuery): Promise<ListGoalsResponse> {
    return this.peers.goals.listGoals(ListGoalsRequest.fromPartial(query));
  }
}
