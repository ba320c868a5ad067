import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListCustomersRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access } from '../../access/access.decorator';
import { READER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { ListCustomersResponse } from '../../responses/customers/customer.response';
import { customerBenefitReads } from '../../staff/customer-benefit-reads.controller';

@ApiTags('Customers')
@Controller('admin/v1/customers')
export class AdminCustomersController extends customerBenefitReads(READER) {
  @Get()
  @Access(READER)
  @Endpoint({ summary: 'Pages customers of the own organisation.', answer: ListCustomersResponse })
  list(@Query() page: PageQuery): Promise<ListCustomersResponse> {
    return this.peers.customers.listCustomers(ListCustomersRequest.fromPartial(page));
  }
}
