import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateSignInProgrammeRequest, ListSignInProgrammesRequest } from '@tidegate/contracts/benefits/v1/sign_in';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import {
  CreateSignInProgrammeResponse,
  ListSignInProgrammesResponse,
  MoveSignInProgrammeResponse,
} from '../../responses/benefits/sign-in.response';
import { CREATE_REASONS, MOVE_REASONS } from '../definition-reasons';
import { SignInProgrammeBody } from './sign-in-programmes.request';

@ApiTags('Sign-in')
@Controller('admin/v1/sign-in-programmes')
export class AdminSignInProgrammesController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a sign-in programme 签到活动 as a draft; somebody else approves it.',
    answer: CreateSignInProgrammeResponse,
    status: 201,
    reasons: CREATE_REASONS,
  })
  create(
    @Body() programme: SignInProgrammeBody,
    @RequestId() requestId: string,
  ): Promise<CreateSignInProgrammeResponse> {
    return this.peers.signIn.createSignInProgramme(CreateSignInProgrammeRequest.fromPartial({ requestId, programme }));
  }

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'Pages sign-in programmes, newest first.',
    answer: ListSignInProgrammesResponse,
    reasons: ['PAGE_TOKEN_INVALID'],
  })
  list(@Query() page: PageQuery): Promise<ListSignInProgrammesResponse> {
    return this.peers.signIn.listSignInProgrammes(ListSignInProgrammesRequest.fromPartial(page));
  }

  @Post(':definitionId/moves')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves or retires a sign-in programme 签到活动.',
    answer: MoveSignInProgrammeResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('definitionId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveSignInProgrammeResponse> {
    return this.peers.signIn.moveSignInProgramme({ requestId, definitionId, move });
  }
}
