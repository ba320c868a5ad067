import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { GetScriptRequest, PutScriptRequest } from '@tidegate/contracts/campaigns/v1/campaigns';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { VersionQuery } from '../../requests/version.query';
import { GetScriptResponse, PutScriptResponse } from '../../responses/campaigns/script.response';
import { ScriptBody } from './scripts.request';

@ApiTags('Scripts')
@Controller('admin/v1/scripts/:scriptId')
export class AdminScriptsController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(MAKER)
  @Endpoint({
    summary: 'Creates a new version of a talk script 话术.',
    answer: PutScriptResponse,
    reasons: ['SCRIPT_VARIABLE_UNKNOWN'],
  })
  put(
    @Param('scriptId', IdPipe) scriptId: string,
    @Body() body: ScriptBody,
    @RequestId() requestId: string,
  ): Promise<PutScriptResponse> {
    return this.peers.campaigns.putScript(PutScriptRequest.fromPartial({ requestId, script: { ...body, scriptId } }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'One version of a script.', answer: GetScriptResponse, reasons: ['SCRIPT_NOT_FOUND'] })
  get(@Param('scriptId', IdPipe) scriptId: string, @Query() query: VersionQuery): Promise<GetScriptResponse> {
    return this.peers.campaigns.getScript(GetScriptRequest.fromPartial({ ...query, scriptId }));
  }
}
