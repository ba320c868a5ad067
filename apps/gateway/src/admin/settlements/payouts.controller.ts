import { Body, Controller, Get, Param, Post, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListPayoutsRequest,
  RecordPaymentRequest,
  RejectSettlementBatchRequest,
  ReleaseSettlementRequest,
} from '@tidegate/contracts/merchants/v1/settlement';
import { Access, RequestId } from '../../access/access.decorator';
import { CHECKER, READER } from '../../access/access-rules';
import { fileReply } from '../../http/file-reply';
import { IdPipe } from '../../http/id.pipe';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  ListPayoutsResponse,
  RecordPaymentResponse,
  RejectSettlementBatchResponse,
  ReleaseSettlementResponse,
} from '../../responses/merchants/payout.response';
import { RecordPaymentBody, RejectBatchBody, ReleaseSettlementBody } from './settlements.request';

const XML_TYPE = 'application/xml';

@ApiTags('Settlement')
@Controller('admin/v1')
export class AdminPayoutsController {
  constructor(private readonly peers: Peers) {}

  @Post('payouts')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Releases prepared batches as one pay-out 放款; nobody releases what he prepared or adjusted.',
    answer: ReleaseSettlementResponse,
    status: 201,
    reasons: [
      'BATCH_NOT_FOUND',
      'RELEASER_IS_MAKER',
      'BATCH_MOVE_NOT_ALLOWED',
      'SETTLEMENT_ACCOUNT_MISSING',
      'SETTLEMENT_ACCOUNT_INVALID',
      'MERCHANT_NOT_ACTIVE',
      'MERCHANT_SUSPENDED',
      'HEAD_OFFICE_ONLY',
    ],
  })
  release(@Body() body: ReleaseSettlementBody, @RequestId() requestId: string): Promise<ReleaseSettlementResponse> {
    return this.peers.settlement.releaseSettlement(ReleaseSettlementRequest.fromPartial({ ...body, requestId }), LONG);
  }

  @Get('payouts')
  @Access(READER)
  @Endpoint({ summary: 'Pages pay-outs, newest first.', answer: ListPayoutsResponse, reasons: ['HEAD_OFFICE_ONLY'] })
  list(@Query() page: PageQuery): Promise<ListPayoutsResponse> {
    return this.peers.settlement.listPayouts(ListPayoutsRequest.fromPartial(page));
  }

  @Get('payouts/:payoutId/pain.001.xml')
  @Access(CHECKER)
  @Endpoint({
    summary: 'The pay-out as an ISO 20022 pain.001.001.09 file, always the same.',
    produces: XML_TYPE,
    reasons: [
      'PAYOUT_NOT_FOUND',
      'PAYOUT_NOT_POSTED',
      'PAYOUT_EMPTY',
      'SETTLEMENT_ACCOUNT_INVALID',
      'HEAD_OFFICE_ONLY',
    ],
  })
  async file(@Param('payoutId', IdPipe) payoutId: string): Promise<StreamableFile> {
    return fileReply(await this.peers.settlement.getPayoutFile({ payoutId }, LONG), XML_TYPE);
  }

  @Post('settlement-batches/:batchId/reject')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Rejects a prepared batch; its lines go into the next one.',
    answer: RejectSettlementBatchResponse,
    reasons: ['BATCH_NOT_FOUND', 'BATCH_MOVE_NOT_ALLOWED', 'HEAD_OFFICE_ONLY'],
  })
  reject(
    @Param('batchId', IdPipe) batchId: string,
    @Body() body: RejectBatchBody,
    @RequestId() requestId: string,
  ): Promise<RejectSettlementBatchResponse> {
    const request = RejectSettlementBatchRequest.fromPartial({ ...body, batchId, requestId });
    return this.peers.settlement.rejectSettlementBatch(request, LONG);
  }

  @Post('settlement-batches/:batchId/payment')
  @Access(CHECKER)
  @Endpoint({
    summary: 'Records what came of a released batch’s payment; one that comes back may have been recorded as paid.',
    answer: RecordPaymentResponse,
    reasons: ['BATCH_NOT_FOUND', 'BATCH_MOVE_NOT_ALLOWED', 'BATCH_NOT_POSTED', 'HEAD_OFFICE_ONLY'],
  })
  recordPayment(
    @Param('batchId', IdPipe) batchId: string,
    @Body() body: RecordPaymentBody,
    @RequestId() requestId: string,
  ): Promise<RecordPaymentResponse> {
    const request = RecordPaymentRequest.fromPartial({ ...body, batchId, requestId });
    return this.peers.settlement.recordPayment(request);
  }
}
