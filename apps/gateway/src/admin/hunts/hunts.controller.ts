import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CreateHuntRequest, ListHuntAttemptsRequest, ListHuntsRequest } from '@tidegate/contracts/benefits/v1/hunts';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { MoveDefinitionBody } from '../../requests/definition.request';
import { MOVE_REASONS } from '../definition-reasons';
import {
  CreateHuntResponse,
  ListHuntAttemptsResponse,
  ListHuntsResponse,
  MoveHuntResponse,
} from '../../responses/benefits/hunt.response';
import { HuntBody } from './hunts.request';

@ApiTags('Hunts')
@Controller('admin/v1/hunts')
export class AdminHuntsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a location hunt 寻宝 as a draft.',
    answer: CreateHuntResponse,
    status: 201,
    reasons: ['DEFINITION_EXISTS'],
  })
  create(@Body() hunt: HuntBody, @RequestId() requestId: string): Promise<CreateHuntResponse> {
    return this.peers.hunts.createHunt(CreateHuntRequest.fromPartial({ requestId, hunt }));
  }

  @Post(':huntId/move')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Approves a draft or retires a hunt.',
    answer: MoveHuntResponse,
    reasons: MOVE_REASONS,
  })
  move(
    @Param('huntId', IdPipe) definitionId: string,
    @Body() { move }: MoveDefinitionBody,
    @RequestId() requestId: string,
  ): Promise<MoveHuntResponse> {
    return this.peers.hunts.moveHunt({ requestId, definitionId, move });
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages hunts with their points, newest first.', answer: ListHuntsResponse })
  list(@Query() page: PageQuery): Promise<ListHuntsResponse> {
    return this.peers.hunts.listHunts(ListHuntsRequest.fromPartial(page));
  }

  @Get(':huntId/attempts')
  @Access(READER)
  @Endpoint({
    summary: 'Pages attempts on a hunt, refused ones with their reason, newest first.',
    answer: ListHuntAttemptsResponse,
    reasons: ['DEFINITION_NOT_FOUND'],
  })
  attempts(@Param('huntId', IdPipe) huntId: string, @Query() page: PageQuery): Promise<ListHuntAttemptsResponse> {
    return this.peers.hunts.listHuntAttempts(ListHuntAttemptsRequest.fromPartial({ ...page, huntId }));
  }
}
