import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListDeliveriesRequest } from '@tidegate/contracts/delivery/v1/delivery';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { GetDeliveryResponse, ListDeliveriesResponse } from '../../responses/delivery/delivery.response';
import { DeliveriesQuery } from './deliveries.request';

@ApiTags('Deliveries')
@Controller('admin/v1/deliveries')
export class AdminDeliveriesController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages deliveries with their attempts, newest first.', answer: ListDeliveriesResponse })
  list(@Query() query: DeliveriesQuery): Promise<ListDeliveriesResponse> {
    return this.peers.delivery.listDeliveries(ListDeliveriesRequest.fromPartial(query));
  }

  @Get(':deliveryId')
  @Access(READER)
  @Endpoint({ summary: 'One delivery.', answer: GetDeliveryResponse, reasons: ['DELIVERY_NOT_FOUND'] })
  get(@Param('deliveryId', IdPipe) deliveryId: string): Promise<GetDeliveryResponse> {
    return this.peers.delivery.getDelivery({ deliveryId });
  }
}
