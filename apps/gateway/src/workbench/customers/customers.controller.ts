import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ListWalletRequest } from '@tidegate/contracts/benefits/v1/benefits';
import {
  GetCustomerRequest,
  ListTimelineRequest,
  OpenComplaintRequest,
  RecordConsentRequest,
} from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ComplaintRequest } from '../../requests/complaint.request';
import { ConsentRequest } from '../../requests/consent.request';
import { ListWalletResponse } from '../../responses/benefits/instance.response';
import { OpenComplaintResponse } from '../../responses/customers/complaint.response';
import { RecordConsentResponse } from '../../responses/customers/consent.response';
import { GetCustomerResponse } from '../../responses/customers/customer.response';
import { ListTimelineResponse } from '../../responses/customers/timeline.response';

@ApiTags('Customers')
@Controller('workbench/v1/customers')
export class WorkbenchCustomersController {
  constructor(private readonly peers: Peers) {}

  @Get('by-external-id/:externalId')
  @Access(AGENT)
  @Endpoint({
    summary: 'The customer of an id of the core bank.',
    answer: GetCustomerResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  find(@Param('externalId', IdPipe) externalId: string): Promise<GetCustomerResponse> {
    return this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ externalId }));
  }

  @Get(':customerId')
  @Access(AGENT)
  @Endpoint({
    summary: 'Unified view of a customer 统一客户视图.',
    answer: GetCustomerResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  get(@Param('customerId', IdPipe) customerId: string): Promise<GetCustomerResponse> {
    return this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ customerId }));
  }

  @Get(':customerId/timeline')
  @Access(AGENT)
  @Endpoint({ summary: 'Facts and touches of all profiles of the person, newest first.', answer: ListTimelineResponse })
  timeline(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListTimelineResponse> {
    return this.peers.customers.listTimeline(ListTimelineRequest.fromPartial({ ...page, customerId }));
  }

  @Get(':customerId/wallet')
  @Access(AGENT)
  @Endpoint({ summary: 'The customer’s benefits.', answer: ListWalletResponse, reasons: ['CUSTOMER_NOT_FOUND'] })
  async wallet(@Param('customerId', IdPipe) customerId: string, @Query() page: PageQuery): Promise<ListWalletResponse> {
    // Only the customers service knows whose customer it is; it refuses staff of other branches.
    const [wallet] = await Promise.all([
      this.peers.benefits.listWallet(ListWalletRequest.fromPartial({ ...page, customerId })),
      this.peers.customers.getCustomer(GetCustomerRequest.fromPartial({ customerId })),
    ]);
    return wallet;
  }

  @Post(':customerId/consents')
  @Access(AGENT)
  @Endpoint({ summary: 'Records a consent that was given or withdrawn in a talk.', answer: RecordConsentResponse })
  recordConsent(
    @Param('customerId', IdPipe) customerId: string,
    @Body() body: ConsentRequest,
    @RequestId() requestId: string,
  ): Promise<RecordConsentResponse> {
    return this.peers.customers.recordConsent(RecordConsentRequest.fromPartial({ ...body, requestId, customerId }));
  }

  @Post(':customerId/complaints')
  @Access(AGENT)
  @Endpoint({ summary: 'Opens a complaint: promotion stops at once.', answer: OpenComplaintResponse, status: 201 })
  complain(
    @Param('customerId', IdPipe) customerId: string,
    @Body() { subject }: ComplaintRequest,
    @RequestId() requestId: string,
  ): Promise<OpenComplaintResponse> {
    return this.peers.customers.openComplaint(OpenComplaintRequest.fromPartial({ requestId, customerId, subject }));
  }
}
