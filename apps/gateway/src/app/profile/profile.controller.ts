import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  GetCustomerRequest,
  ListConsentRecordsRequest,
  OpenComplaintRequest,
  RecordConsentRequest,
} from '@tidegate/contracts/customers/v1/customers';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ComplaintRequest } from '../../requests/complaint.request';
import { ConsentRequest } from '../../requests/consent.request';
import { OpenComplaintResponse } from '../../responses/customers/complaint.response';
import { ListConsentRecordsResponse, RecordConsentResponse } from '../../responses/customers/consent.response';
import { OwnProfileAnswer, toOwnProfile } from './own-profile.response';

@ApiTags('Profile')
@Controller('app/v1')
export class AppProfileController {
  constructor(private readonly peers: Peers) {}

  @Get('profile')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'The own profile.', answer: OwnProfileAnswer, reasons: ['CUSTOMER_NOT_FOUND'] })
  async profile(@Caller() actor: Actor): Promise<OwnProfileAnswer> {
    const { customer } = await this.peers.customers.getCustomer(
      GetCustomerRequest.fromPartial({ customerId: actor.id }),
    );
    return { profile: customer && toOwnProfile(customer) };
  }

  @Get('consents')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'History of the own consents, newest first.', answer: ListConsentRecordsResponse })
  listConsents(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListConsentRecordsResponse> {
    const request = ListConsentRecordsRequest.fromPartial({ ...page, customerId: actor.id });
    return this.peers.customers.listConsentRecords(request);
  }

  @Post('consents')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Grants or withdraws a consent; it holds for every decision made after the answer.',
    answer: RecordConsentResponse,
    reasons: ['CUSTOMER_NOT_FOUND'],
  })
  recordConsent(
    @Body() body: ConsentRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<RecordConsentResponse> {
    const request = RecordConsentRequest.fromPartial({ ...body, requestId, customerId: actor.id });
    return this.peers.customers.recordConsent(request);
  }

  @Post('complaints')
  @Access(CUSTOMER)
  @Endpoint({ summary: 'Opens a complaint: promotion stops at once.', answer: OpenComplaintResponse, status: 201 })
  complain(
    @Body() { subject }: ComplaintRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<OpenComplaintResponse> {
    const request = OpenComplaintRequest.fromPartial({ requestId, customerId: actor.id, subject });
    return this.peers.customers.openComplaint(request);
  }
}
