import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { OpenComplaintRequest, RecordConsentRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { AGENT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { ComplaintRequest } from '../../requests/complaint.request';
import { ConsentRequest } from '../../requests/consent.request';
import { OpenComplaintResponse } from '../../responses/customers/complaint.response';
import { RecordConsentResponse } from '../../responses/customers/consent.response';
import { customerBenefitReads } from '../../staff/customer-benefit-reads.controller';

@ApiTags('Customers')
@Controller('workbench/v1/customers')
export class WorkbenchCustomersController extends customerBenefitReads(AGENT) {
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
