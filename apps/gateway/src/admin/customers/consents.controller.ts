import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListConsentRecordsRequest, RecordConsentRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ConsentRequest } from '../../requests/consent.request';
import { ListConsentRecordsResponse, RecordConsentResponse } from '../../responses/customers/consent.response';

@ApiTags('Customers')
@Controller('admin/v1/customers/:customerId/consents')
export class AdminConsentsController {
  constructor(private readonly peers: Peers) {}

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'History of consents, newest first.', answer: ListConsentRecordsResponse })
  list(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListConsentRecordsResponse> {
    return this.peers.customers.listConsentRecords(ListConsentRecordsRequest.fromPartial({ ...page, customerId }));
  }

  @Post()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Grants or withdraws a consent; it holds for every decision made after the answer.',
    answer: RecordConsentResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  record(
    @Param('customerId', IdPipe) customerId: string,
    @Body() body: ConsentRequest,
    @RequestId() requestId: string,
  ): Promise<RecordConsentResponse> {
    return this.peers.customers.recordConsent(RecordConsentRequest.fromPartial({ ...body, requestId, customerId }));
  }
}
