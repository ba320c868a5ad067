import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { JudgePersonRequest, ListTeamsRequest, PutTeamRequest } from '@tidegate/contracts/campaigns/v1/name_lists';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER, TEAM_JUDGE } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetTeamResponse,
  JudgePersonResponse,
  ListTeamsResponse,
  PutTeamResponse,
} from '../../responses/campaigns/team.response';
import { JudgementBody, PutTeamBody } from './teams.request';

@ApiTags('Teams')
@Controller('admin/v1/teams')
export class AdminTeamsController {
  constructor(private readonly peers: Peers) {}

  @Put(':teamId')
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates or replaces a team 团队; who stays keeps his judgements.',
    answer: PutTeamResponse,
    reasons: ['VERSION_CONFLICT'],
  })
  put(
    @Param('teamId', IdPipe) teamId: string,
    @Body() body: PutTeamBody,
    @RequestId() requestId: string,
  ): Promise<PutTeamResponse> {
    return this.peers.nameLists.putTeam(PutTeamRequest.fromPartial({ requestId, team: { ...body, teamId } }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages teams of the caller’s organisation, in id order.', answer: ListTeamsResponse })
  list(@Query() page: PageQuery): Promise<ListTeamsResponse> {
    return this.peers.nameLists.listTeams(ListTeamsRequest.fromPartial(page));
  }

  @Get(':teamId')
  @Access(READER)
  @Endpoint({ summary: 'One team with its judgements.', answer: GetTeamResponse, reasons: ['TEAM_NOT_FOUND'] })
  get(@Param('teamId', IdPipe) teamId: string): Promise<GetTeamResponse> {
    return this.peers.nameLists.getTeam({ teamId });
  }

  @Put(':teamId/people/:agentId/judgement')
  @Access(TEAM_JUDGE)
  @Endpoint({
    summary: 'Judges a person’s willingness 意愿 and ability 能力 for a topic.',
    answer: JudgePersonResponse,
    reasons: ['TEAM_NOT_FOUND', 'PERSON_NOT_FOUND', 'SELF_JUDGEMENT', 'JUDGEMENTS_TOO_MANY'],
  })
  judge(
    @Param('teamId', IdPipe) teamId: string,
    @Param('agentId', IdPipe) agentId: string,
    @Body() body: JudgementBody,
    @RequestId() requestId: string,
  ): Promise<JudgePersonResponse> {
    return this.peers.nameLists.judgePerson(JudgePersonRequest.fromPartial({ ...body, requestId, teamId, agentId }));
  }
}
