import { Body, Controller, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AssignOwnerRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { AssignOwnerResponse } from '../../responses/customers/customer.response';
import { OwnerBody } from './owner.request';

@ApiTags('Customers')
@Controller('admin/v1/customers/:customerId/owner')
export class AdminOwnerController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(MAKER)
  @Endpoint({
    summary: 'Says who looks after the customer 管户: a person, a team, or nobody.',
    answer: AssignOwnerResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  assign(
    @Param('customerId', IdPipe) customerId: string,
    @Body() body: OwnerBody,
    @RequestId() requestId: string,
  ): Promise<AssignOwnerResponse> {
    return this.peers.customers.assignOwner(AssignOwnerRequest.fromPartial({ ...body, requestId, customerId }));
  }
}
