import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { AskNextBestActionsRequest } from '@tidegate/contracts/merchants/v1/till_actions';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { MERCHANT } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { AskNextBestActionsResponse, RecordTillOutcomeResponse } from '../../responses/merchants/till-actions.response';
import { TILL_REASONS } from '../redemptions/till-reasons';
import { CodeActionsRequest, TillActionsRequest, TillOutcomeRequest } from './next-best-actions.request';

@ApiTags('Next best actions')
@Controller('merchant/v1')
export class MerchantNextBestActionsController {
  constructor(private readonly peers: Peers) {}

  @Post('redemptions/:redemptionId/next-best-actions')
  @Access(MERCHANT)
  @Endpoint({
    summary:
      'Decides what to offer the customer at the till, within ten minutes after the redemption; who it is stays hidden.',
    answer: AskNextBestActionsResponse,
    reasons: ['REDEMPTION_NOT_FOUND', 'REDEMPTION_REVERSED', 'TILL_VISIT_OVER'],
  })
  ask(
    @Param('redemptionId', IdPipe) redemptionId: string,
    @Body() body: TillActionsRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<AskNextBestActionsResponse> {
    return this.askFor({ ...body, requestId, merchantId, redemptionId });
  }

  @Post('holds/:holdId/next-best-actions')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Decides what to offer the customer whose benefit is held at the till; who it is stays hidden.',
    answer: AskNextBestActionsResponse,
    reasons: ['HOLD_NOT_FOUND', 'HOLD_VOIDED', 'HOLD_TIMED_OUT', 'TILL_VISIT_OVER'],
  })
  askForHold(
    @Param('holdId', IdPipe) holdId: string,
    @Body() body: TillActionsRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<AskNextBestActionsResponse> {
    return this.askFor({ ...body, requestId, merchantId, holdId });
  }

  @Post('next-best-actions')
  @Access(MERCHANT)
  @Endpoint({
    summary:
      'Decides what to offer the customer who shows a code at the till, while it is good; who it is stays hidden.',
    answer: AskNextBestActionsResponse,
    reasons: TILL_REASONS,
  })
  askForCode(
    @Body() { maxActions, isCommitted, ...shown }: CodeActionsRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<AskNextBestActionsResponse> {
    return this.askFor({ maxActions, isCommitted, requestId, merchantId, shown });
  }

  @Post('redemptions/:redemptionId/next-best-actions/:decisionId/outcomes')
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

  @Post('next-best-actions/:decisionId/outcomes')
  @Access(MERCHANT)
  @Endpoint({
    summary: 'Tells what came of any offer at the own tills, within a day after it was made.',
    answer: RecordTillOutcomeResponse,
    reasons: ['DECISION_NOT_FOUND', 'OUTCOME_TOO_LATE'],
  })
  recordOfferOutcome(
    @Param('decisionId', IdPipe) decisionId: string,
    @Body() { outcome }: TillOutcomeRequest,
    @Caller() { id: merchantId }: Actor,
    @RequestId() requestId: string,
  ): Promise<RecordTillOutcomeResponse> {
    const told = { requestId, merchantId, redemptionId: '', decisionId, outcome };
    return this.peers.tillActions.recordTillOutcome(told);
  }

  private askFor({
    maxActions = 1,
    isCommitted = true,
    ...asked
  }: Partial<AskNextBestActionsRequest>): Promise<AskNextBestActionsResponse> {
    const request = AskNextBestActionsRequest.fromPartial({ ...asked, maxActions, isCommitted });
    return this.peers.tillActions.askNextBestActions(request);
  }
}
