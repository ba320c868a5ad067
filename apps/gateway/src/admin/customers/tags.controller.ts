import { Body, Controller, Delete, Param, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { SetTagRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { NoInput } from '../../http/no-input.request';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { SetTagResponse } from '../../responses/customers/customer.response';
import { TagBody } from './tags.request';

@ApiTags('Customers')
@Controller('admin/v1/customers/:customerId/tags/:tag')
export class AdminTagsController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(MAKER)
  @Endpoint({ summary: 'Sets a tag 标签.', answer: SetTagResponse, reasons: ['CUSTOMER_NOT_FOUND'] })
  set(
    @Param('customerId', IdPipe) customerId: string,
    @Param('tag', IdPipe) tag: string,
    @Body() body: TagBody,
    @RequestId() requestId: string,
  ): Promise<SetTagResponse> {
    const request = SetTagRequest.fromPartial({ source: 'expert', ...body, requestId, customerId, tag });
    return this.peers.customers.setTag(request);
  }

  @Delete()
  @Access(MAKER)
  @Endpoint({ summary: 'Removes a tag.', answer: SetTagResponse, reasons: ['CUSTOMER_NOT_FOUND'] })
  remove(
    @Param('customerId', IdPipe) customerId: string,
    @Param('tag', IdPipe) tag: string,
    @Body() _body: NoInput,
    @RequestId() requestId: string,
  ): Promise<SetTagResponse> {
    const request = { requestId, customerId, tag, source: 'expert', isRemoved: true };
    return this.peers.customers.setTag(SetTagRequest.fromPartial(request));
  }
}
