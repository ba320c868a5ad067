import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ComputeRfmRequest } from '@tidegate/contracts/customers/v1/customers';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { ComputeRfmResponse, GetRfmSummaryResponse } from '../../responses/customers/rfm.response';
import { ComputeRfmBody } from './rfm.request';

@ApiTags('RFM')
@Controller('admin/v1/rfm')
export class AdminRfmController {
  constructor(private readonly peers: Peers) {}

  @Post('computations')
  @Access(MAKER)
  @Endpoint({
    summary: 'Recomputes RFM quintiles over a window.',
    answer: ComputeRfmResponse,
    reasons: ['RFM_RUNNING'],
  })
  compute(@Body() body: ComputeRfmBody, @RequestId() requestId: string): Promise<ComputeRfmResponse> {
    return this.peers.customers.computeRfm(ComputeRfmRequest.fromPartial({ ...body, requestId }), LONG);
  }

  @Get()
  @Access(READER)
  @Endpoint({ summary: 'How many customers hold each RFM score.', answer: GetRfmSummaryResponse })
  summary(): Promise<GetRfmSummaryResponse> {
    return this.peers.customers.getRfmSummary({});
  }
}
