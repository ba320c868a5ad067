import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  ListAdjustmentsRequest,
  ListDifferencesRequest,
  ListReconciliationsRequest,
  ReconcileRequest,
} from '@tidegate/contracts/merchants/v1/settlement';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { PageQuery } from '../../http/page.query';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { LONG, Peers } from '../../peers/peers';
import { DifferencesQuery, RECONCILE_BYTES_MAX, ReconcileBody } from '../../requests/reconciliation.request';
import { ListAdjustmentsResponse } from '../../responses/merchants/adjustment.response';
import {
  ListDifferencesResponse,
  ListReconciliationsResponse,
  ReconcileResponse,
} from '../../responses/merchants/reconciliation.response';

@ApiTags('Reconciliation')
@Controller('merchant/v1')
export class MerchantReconciliationsController {
  constructor(private readonly peers: Peers) {}

  @Post('reconciliations')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Compares the own books, a CSV, with the own batches 对账.',
    answer: ReconcileResponse,
    status: 201,
    bodyBytesMax: RECONCILE_BYTES_MAX,
    reasons: ['CSV_INVALID', 'DIFFERENCES_TOO_MANY'],
  })
  reconcile(
    @Body() body: ReconcileBody,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<ReconcileResponse> {
    const request = ReconcileRequest.fromPartial({ ...body, requestId, merchantId: actor.id });
    return this.peers.settlement.reconcile(request, LONG);
  }

  @Get('reconciliations')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own reconciliations, newest first.', answer: ListReconciliationsResponse })
  list(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListReconciliationsResponse> {
    const request = ListReconciliationsRequest.fromPartial({ ...page, merchantId: actor.id });
    return this.peers.settlement.listReconciliations(request);
  }

  @Get('differences')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages the own differences 差异 and what came of them.', answer: ListDifferencesResponse })
  differences(@Query() query: DifferencesQuery, @Caller() actor: Actor): Promise<ListDifferencesResponse> {
    const request = ListDifferencesRequest.fromPartial({ ...query, merchantId: actor.id });
    return this.peers.settlement.listDifferences(request);
  }

  @Get('adjustments')
  @Access(MERCHANT)
  @Endpoint({ summary: 'Pages adjustments of what is owed, newest first.', answer: ListAdjustmentsResponse })
  adjustments(@Query() page: PageQuery, @Caller() actor: Actor): Promise<ListAdjustmentsResponse> {
    const request = ListAdjustmentsRequest.fromPartial({ ...page, merchantId: actor.id });
    return this.peers.settlement.listAdjustments(request);
  }
}
