import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListScriptsRequest,
  ListScriptVersionsRequest,
  RenderScriptRequest,
} from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  ListScriptsResponse,
  ListScriptVersionsResponse,
  RenderScriptResponse,
} from '../../responses/campaigns/copy-desk.response';
import { RenderQuery } from './scripts.request';

@ApiTags('Scripts')
@Controller('admin/v1/scripts')
export class AdminScriptCatalogueController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages talk scripts 话术 in their newest version.', answer: ListScriptsResponse })
  list(@Query() page: PageQuery): Promise<ListScriptsResponse> {
    return this.peers.strategyDesk.listScripts(ListScriptsRequest.fromPartial(page));
  }

  @Get(':scriptId/versions')
  @Access(READER)
  @Endpoint({
    summary: 'Pages the versions of a script, newest first.',
    answer: ListScriptVersionsResponse,
    reasons: ['SCRIPT_NOT_FOUND'],
  })
  versions(@Param('scriptId', IdPipe) scriptId: string, @Query() page: PageQuery): Promise<ListScriptVersionsResponse> {
    const request = ListScriptVersionsRequest.fromPartial({ ...page, scriptId });
    return this.peers.strategyDesk.listScriptVersions(request);
  }

  @Get(':scriptId/customers/:customerId')
  @Access(READER)
  @Endpoint({
    summary: 'A script as it is spoken to one customer.',
    answer: RenderScriptResponse,
    reasons: ['SCRIPT_NOT_FOUND', 'CUSTOMER_NOT_FOUND'],
  })
  render(
    @Param('scriptId', IdPipe) scriptId: string,
    @Param('customerId', IdPipe) customerId: string,
    @Query() query: RenderQuery,
  ): Promise<RenderScriptResponse> {
    const request = RenderScriptRequest.fromPartial({ ...query, scriptId, customerId });
    return this.peers.strategyDesk.renderScript(request);
  }
}
