import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { DecideRequest, RecordOutcomeRequest } from '@tidegate/contracts/arbitration/v1/arbitration';
import type { Actor } from '@tidegate/observability';
import { Access, Caller, RequestId } from '../../access/access.decorator';
import { CUSTOMER } from '../../access/access-rules';
import { IdPipe } from '../../http/id.pipe';
import { Endpoint } from '../../openapi/endpoint.decorator';
import { Peers } from '../../peers/peers';
import { NextBestActionsRequest, OutcomeRequest } from './next-best-actions.request';
import { NextBestActions, RecordedOutcomes, toNextBestActions } from './next-best-actions.response';

@ApiTags('Next best actions')
@Controller('app/v1')
export class AppNextBestActionsController {
  constructor(private readonly peers: Peers) {}

  @Post('next-best-actions')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Decides what to show this customer now.',
    answer: NextBestActions,
    reasons: ['CUSTOMER_UNKNOWN'],
  })
  async decide(
    @Body() body: NextBestActionsRequest,
    @Caller() actor: Actor,
    @RequestId() requestId: string,
  ): Promise<NextBestActions> {
    const { maxActions = 1, isCommitted = true, isNonPersonalised, context } = body;
    const what = { maxActions, isCommitted, isNonPersonalised, context };
    const request = { requestId, customerId: actor.id, channels: ['app'], isBrief: true, ...what };
    const { decisions } = await this.peers.arbitration.decide(DecideRequest.fromPartial(request));
    return toNextBestActions(decisions);
  }

  @Post('decisions/:decisionId/outcomes')
  @Access(CUSTOMER)
  @Endpoint({
    summary: 'Tells what came of a shown action.',
    answer: RecordedOutcomes,
    reasons: ['DECISION_NOT_FOUND'],
  })
  async recordOutcome(
    @Param('decisionId', IdPipe) decisionId: string,
    @Body() body: OutcomeRequest,
    @RequestId() requestId: string,
  ): Promise<RecordedOutcomes> {
    const request = RecordOutcomeRequest.fromPartial({ ...body, requestId, decisionId });
    const { decision } = await this.peers.arbitration.recordOutcome(request);
    return { decisionId, outcomes: decision?.outcomes ?? [] };
  }
}
