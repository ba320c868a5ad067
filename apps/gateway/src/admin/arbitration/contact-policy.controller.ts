import { Body, Controller, Get, Put } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { PutContactPolicyRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import { Access, RequestId } from '../../access/access.decorator';
import { ADMIN, READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import {
  GetContactPolicyResponse,
  PutContactPolicyResponse,
} from '../../responses/arbitration/contact-policy.response';
import { ContactPolicyBody } from './contact-policy.request';

@ApiTags('Contact policy')
@Controller('admin/v1/contact-policy')
export class AdminContactPolicyController {
  constructor(private readonly peers: Peers) {}

  @Put()
  @Access(ADMIN)
  @Endpoint({
    summary: 'Replaces the contact policy.',
    answer: PutContactPolicyResponse,
    reasons: ['VERSION_CONFLICT', 'HEAD_OFFICE_ONLY'],
  })
  put(@Body() policy: ContactPolicyBody, @RequestId() requestId: string): Promise<PutContactPolicyResponse> {
    return this.peers.arbitration.putContactPolicy(PutContactPolicyRequest.fromPartial({ requestId, policy }));
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'The contact policy in force.', answer: GetContactPolicyResponse })
  get(): Promise<GetContactPolicyResponse> {
    return this.peers.arbitration.getContactPolicy({});
  }
}
