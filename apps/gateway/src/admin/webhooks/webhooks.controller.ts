import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListWebhookEndpointsRequest, PutWebhookEndpointRequest } from '@tidegate/contracts/delivery/v1/delivery';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ListWebhookEndpointsResponse, PutWebhookEndpointResponse } from '../../responses/delivery/webhook.response';
import { WebhookBody } from './webhooks.request';

@ApiTags('Webhooks')
@Controller('admin/v1/webhook-endpoints')
export class AdminWebhooksController {
  constructor(private readonly peers: Peers) {}

  @Put(':endpointId')
  @Access(ADMIN)
  @Endpoint({
    summary: 'Creates or replaces an endpoint; only this answer shows its secret.',
    answer: PutWebhookEndpointResponse,
    reasons: ['WEBHOOK_URL_NOT_ALLOWED'],
  })
  put(
    @Param('endpointId', IdPipe) endpointId: string,
    @Body() { isActive = true, ...body }: WebhookBody,
    @RequestId() requestId: string,
  ): Promise<PutWebhookEndpointResponse> {
    const endpoint = { ...body, isActive, endpointId };
    return this.peers.delivery.putWebhookEndpoint(PutWebhookEndpointRequest.fromPartial({ requestId, endpoint }));
  }

  @Get()
  @Access(ADMIN)
  @Endpoint({ summary: 'Pages endpoints, without secrets.', answer: ListWebhookEndpointsResponse })
  list(@Query() page: PageQuery): Promise<ListWebhookEndpointsResponse> {
    return this.peers.delivery.listWebhookEndpoints(ListWebhookEndpointsRequest.fromPartial(page));
  }
}
