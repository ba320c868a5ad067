import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListDifferencesRequest,
  ListReconciliationsRequest,
  ReconcileRequest,
  ResolveDifferenceRequest,
  WithdrawReconciliationRequest,
} from '@tidegate/contracts/merchants/v1/settlement';
import { Access, RequestId } from '../../access/access.decorator';
import { MAKER, READER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import {
  DifferencesOfMerchantQuery,
  RECONCILE_BYTES_MAX,
  ReconcileMerchantBody,
  ResolveDifferenceBody,
  WithdrawReconciliationBody,
} from '../../requests/reconciliation.request';
import { OfMerchantQuery } from '../../requests/settlement.query';
import {
  ListDifferencesResponse,
  ListReconciliationsResponse,
  ReconcileResponse,
  ResolveDifferenceResponse,
  WithdrawReconciliationResponse,
} from '../../responses/merchants/reconciliation.response';

@ApiTags('Reconciliation')
@Controller('admin/v1')
export class AdminReconciliationsController {
  constructor(private readonly peers: Peers) {}

  @Post('reconciliations')
  @Access(MAKER)
  @Endpoint({
    summary: 'Compares a merchant’s CSV with its batches 对账; every difference goes on the work list.',
    answer: ReconcileResponse,
    status: 201,
    bodyBytesMax: RECONCILE_BYTES_MAX,
    reasons: ['MERCHANT_NOT_FOUND', 'CSV_INVALID', 'DIFFERENCES_TOO_MANY'],
  })
  reconcile(@Body() body: ReconcileMerchantBody, @RequestId() requestId: string): Promise<ReconcileResponse> {
    return this.peers.settlement.reconcile(ReconcileRequest.fromPartial({ ...body, requestId }), LONG);
  }

  @Get('reconciliations')
  @Access(READER)
  @Endpoint({ summary: 'Pages reconciliations, newest first.', answer: ListReconciliationsResponse })
  list(@Query() query: OfMerchantQuery): Promise<ListReconciliationsResponse> {
    return this.peers.settlement.listReconciliations(ListReconciliationsRequest.fromPartial(query));
  }

  @Post('reconciliations/:reconciliationId/withdraw')
  @Access(MAKER)
  @Endpoint({
    summary: 'Withdraws a reconciliation whose file was the wrong one; its open differences close with it.',
    answer: WithdrawReconciliationResponse,
    reasons: ['RECONCILIATION_NOT_FOUND', 'RECONCILIATION_WITHDRAWN'],
  })
  withdraw(
    @Param('reconciliationId', IdPipe) reconciliationId: string,
    @Body() body: WithdrawReconciliationBody,
    @RequestId() requestId: string,
  ): Promise<WithdrawReconciliationResponse> {
    const request = WithdrawReconciliationRequest.fromPartial({ ...body, reconciliationId, requestId });
    return this.peers.settlement.withdrawReconciliation(request, LONG);
  }

  @Get('differences')
  @Access(READER)
  @Endpoint({ summary: 'Pages the work list of differences 差异, newest first.', answer: ListDifferencesResponse })
  differences(@Query() query: DifferencesOfMerchantQuery): Promise<ListDifferencesResponse> {
    return this.peers.settlement.listDifferences(ListDifferencesRequest.fromPartial(query));
  }

  @Post('differences/:differenceId/resolve')
  @Access(MAKER)
  @Endpoint({
    summary: 'Takes a difference off the work list, with a comment, once.',
    answer: ResolveDifferenceResponse,
    reasons: ['DIFFERENCE_NOT_FOUND', 'DIFFERENCE_RESOLVED', 'ADJUSTMENT_NOT_FOUND'],
  })
  resolve(
    @Param('differenceId', IdPipe) differenceId: string,
    @Body() body: ResolveDifferenceBody,
    @RequestId() requestId: string,
  ): Promise<ResolveDifferenceResponse> {
    const request = ResolveDifferenceRequest.fromPartial({ ...body, differenceId, requestId });
    return this.peers.settlement.resolveDifference(request);
  }
}
