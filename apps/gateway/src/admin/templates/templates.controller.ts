import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DraftFromTemplateRequest } from '@tidegate/contracts/campaigns/v1/strategy_desk';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  DraftFromTemplateResponse,
  ListStrategyTemplatesResponse,
} from '../../responses/campaigns/strategy-desk.response';
import { TemplateDraftBody } from './templates.request';

@ApiTags('Strategy templates')
@Controller('admin/v1/strategy-templates')
export class AdminTemplatesController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({
    summary: 'The templates 标准作业模式, each with the idea behind it.',
    answer: ListStrategyTemplatesResponse,
  })
  list(): Promise<ListStrategyTemplatesResponse> {
    return this.peers.strategyDesk.listStrategyTemplates({});
  }

  @Post(':templateId/drafts')
  @Access(MAKER)
  @Endpoint({
    summary: 'Makes a working draft of a template in one call: segment, scripts, actions, strategy.',
    answer: DraftFromTemplateResponse,
    status: 201,
    reasons: ['TEMPLATE_NOT_FOUND', 'STRATEGY_EXISTS'],
  })
  draft(
    @Param('templateId', IdPipe) templateId: string,
    @Body() body: TemplateDraftBody,
    @RequestId() requestId: string,
  ): Promise<DraftFromTemplateResponse> {
    const request = DraftFromTemplateRequest.fromPartial({ ...body, requestId, templateId });
    return this.peers.strategyDesk.draftFromTemplate(request);
  }
}
