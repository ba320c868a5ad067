import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { AskNextBestActionsResponse, RecordTillOutcomeResponse } from '../../responses/merchants/till-actions.response';
import { TillActionsRequest, TillOutcomeRequest } from './next-best-actions.request';

@ApiTags('Next best actions')
@Controller('merchant/v1/redemptions/:redemptionId/next-best-actions')
export class MerchantNextBestActionsController {
  constructor(private readonly peers: Peers) {}

  @Post()
  @Access(MERCHANT)
  @Endpoint({
    summary:
      'Decides what to offer the customer at the till, within ten minutes after the redemption; who it is stays hidden.',
    answer: AskNextBestActionsResponse,
    reasons: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_REVERSED', 'TILL_VISIT_OVER'],
  })
  ask(
    @Param('redemptionId', IdPipe) redemptionId: string,
    @Body() { maxActions = 1, isCommitted = true }: TillActionsRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<AskNextBestActionsResponse> {
    const request = { requestId, merchantId, redemptionId, maxActions, isCommitted };
    return this.peers.tillActions.askNextBestActions(request);
  }

  @Post(':decisionId/outcomes')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Tells what came of an offer at the till, within a day after the redemption.',
    answer: RecordTillOutcomeResponse,
    reasons: ['REDEMPTION_NOT_FOUND', 'DECISION_NOT_FOUND', 'OUTCOME_TOO_LATE'],
  })
  recordOutcome(
    @Param('redemptionId', IdPipe) redemptionId: string,
    @Param('decisionId', IdPipe) decisionId: string,
    @Body() { outcome }: TillOutcomeRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<RecordTillOutcomeResponse> {
    return this.peers.tillActions.recordTillOutcome({ requestId, merchantId, redemptionId, decisionId, outcome });
  }
}
