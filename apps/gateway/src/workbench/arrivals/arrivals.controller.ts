import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { TakeOverCustomerRequest } from '@tidegate/contracts/leads/v1/coordination';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { TakeOverCustomerResponse } from '../../responses/leads/route.response';
import { ArrivalBody } from './arrivals.request';

@ApiTags('Leads')
@Controller('workbench/v1/customers/:customerId/arrivals')
export class WorkbenchArrivalsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(AGENT)
  @Endpoint({
    summary: 'The customer called or walked in: the seat takes over his waiting or offered lead, or gets a new one.',
    answer: TakeOverCustomerResponse,
    status: 201,
    reasons: ['CUSTOMER_NOT_FOUND', 'SEAT_NOT_FOUND', 'SEAT_WITHOUT_QUEUE', 'CUSTOMER_IN_CONVERSATION'],
  })
  arrive(
    @Param('customerId', IdPipe) customerId: string,
    @Body() body: ArrivalBody,
    @RequestId() requestId: string,
  ): Promise<TakeOverCustomerResponse> {
    return this.peers.coordination.takeOverCustomer(
      TakeOverCustomerRequest.fromPartial({ ...body, requestId, customerId }),
    );
  }
}
