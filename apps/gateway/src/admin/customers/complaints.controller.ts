import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CloseComplaintRequest, OpenComplaintRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { ComplaintRequest } from '../../requests/complaint.request';
import { CloseComplaintResponse, OpenComplaintResponse } from '../../responses/customers/complaint.response';
import { CloseComplaintBody } from './complaints.request';

@ApiTags('Complaints')
@Controller('admin/v1')
export class AdminComplaintsController {
  constructor(private readonly peers: Peers) {}

  @Post('customers/:customerId/complaints')
  @Access(ADMIN)
  @Endpoint({ summary: 'Opens a complaint: promotion stops at once.', answer: OpenComplaintResponse, status: 201 })
  open(
    @Param('customerId', IdPipe) customerId: string,
    @Body() { subject }: ComplaintRequest,
    @RequestId() requestId: string,
  ): Promise<OpenComplaintResponse> {
    return this.peers.customers.openComplaint(OpenComplaintRequest.fromPartial({ requestId, customerId, subject }));
  }

  @Post('complaints/:complaintId/close')
  @Access(ADMIN)
  @Endpoint({ summary: 'Closes a complaint.', answer: CloseComplaintResponse, reasons: ['COMPLAINT_NOT_FOUND'] })
  close(
    @Param('complaintId', IdPipe) complaintId: string,
    @Body() { resolution }: CloseComplaintBody,
    @RequestId() requestId: string,
  ): Promise<CloseComplaintResponse> {
    const request = CloseComplaintRequest.fromPartial({ requestId, complaintId, resolution });
    return this.peers.customers.closeComplaint(request);
  }
}
