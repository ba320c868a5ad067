import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateMissionRequest, ListMissionsRequest } from '@tidegate/contracts/benefits/v1/growth';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import {
  CreateMissionResponse,
  ListMissionsResponse,
  MoveMissionResponse,
} from '../../responses/benefits/mission.response';
import { CREATE_REASONS, MOVE_REASONS } from '../definition-reasons';
import { MissionBody } from './missions.request';

@ApiTags('Missions')
@Controller('admin/v1/missions')
export class AdminMissionsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a mission 任务 as a draft; somebody else approves it.',
    answer: CreateMissionResponse,
    status: 201,
    reasons: CREATE_REASONS,
  })
  create(@Body() mission: MissionBody, @RequestId() requestId: string): Promise<CreateMissionResponse> {
    return this.peers.growth.createMission(CreateMissionRequest.fromPartial({ requestId, mission }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages missions, newest first.', answer: ListMissionsResponse, reasons: ['PAGE_TOKEN_INVALID'] })
  list(@Query() page: PageQuery): Promise<ListMissionsResponse> {
    return this.peers.growth.listMissions(ListMissionsRequest.fromPartial(page));
  }

  @Post(':definitionId/moves')
  @Access(CHECKER)
  @Endpoint({ summary: 'Approves or retires a mission 任务.', answer: MoveMissionResponse, reasons: MOVE_REASONS })
  move(
    @Param('definitionId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveMissionResponse> {
    return this.peers.growth.moveMission({ requestId, definitionId, move });
  }
}
